"""The findings of one rule that compares documents, from what it proposes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from newslint.engine.examine import describe
from newslint.engine.locate import locate
from newslint.engine.plan import Profile
from newslint.model import Finding, Problem
from newslint.plugins import FOREIGN
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
    try:
        for hit in rule.settle(match(), documents):
            if hit.document is None:
                raise ValueError("a corpus rule's hit must name its document")
            profile = profile_of(hit.document)
            if profile is None:
                continue
            document = documents[hit.document]
            if not document.vouched(hit.span):
                yield locate(hit, rule, document, profile, documents.__getitem__)
    except FOREIGN as error:
        reason = f"rule {rule.name} raised {describe(error)}; its findings over several files are missing"
        problems.append(Problem(reason, path, rule.name))
