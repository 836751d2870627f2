"""The findings of one rule that compares documents, from what it proposes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import index
from typing import Any

from newslint.engine.accept import MOST, TooManyError, accepted
from newslint.engine.locate import locate
from newslint.engine.plan import Profile
from newslint.model import Finding, Hit, Problem
from newslint.plugins import describe
from newslint.rule import CorpusRule, Documents


def settle(
    rule: CorpusRule,
    match: Callable[[], Iterable[Any]],
    documents: Documents,
    profile_of: Callable[[int], Profile | None],
    problems: list[Problem],
    path: str | None = None,
) -> Iterator[Finding]:
    """Yield the findings of a rule; one that raises loses what it had not yet found, and is reported.

    Args:
        rule: the rule.
        match: gives its candidates.
        documents: gives their text.
        profile_of: what a document is checked with; None: the rule has nothing to say about it.
        problems: where to note what the rule raised.
        path: the file that such a note is about; None: all.
    """
    counts: Counter[int] = Counter()

    def findings() -> Iterator[Finding]:
        for hit in rule.settle(match(), documents):
            if not isinstance(hit, Hit) or hit.document is None:
                raise ValueError("a corpus rule's hit must name its document")
            number = checked(hit.document)
            counts[number] += 1
            if counts[number] > MOST:
                raise TooManyError
            profile = profile_of(number)
            if profile is None:
                continue
            document = documents[number]
            sound = accepted(hit, document)
            if not document.vouched(sound.span):
                yield locate(sound, rule, document, profile, lambda beside: documents[checked(beside)])

    def checked(number: Any) -> int:
        if not 0 <= (found := index(number)) < len(documents):
            raise ValueError(f"there is no document {found}")
        return found

    found = findings()
    while True:
        # What is made of a finding is not the rule's doing: it happens outside.
        try:
            finding = next(found, None)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            reason = f"rule {rule.name} raised {describe(error)}; its findings over several files are missing"
            problems.append(Problem(reason, path, rule.name))
            return
        if finding is None:
            return
        yield finding
