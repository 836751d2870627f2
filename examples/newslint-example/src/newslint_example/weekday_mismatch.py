"""EXA001: weekday-mismatch."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import ClassVar

from newslint.document import Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule

#: Up to 1923 some countries dated by the Julian calendar: before that the weekday depends on who wrote.
GREGORIAN = 1924


class WeekdayMismatch(DocumentRule):
    """A date whose weekday is that of another day.

    ## What it does
    Looks up the weekday of each date that is written out with weekday, day, month and year.

    ## Why is this bad
    One of the two is wrong, and a reader who goes by the other one comes on the wrong day.

    ## Example
    ```text
    The ferry will return to service on Monday, 2 March 2027.
    ```

    ## Limits
    A date without a year may be that of any year, and stays silent. Languages: those that have a file in `lexicon`.
    """

    code: ClassVar[str] = "EXA001"
    name: ClassVar[str] = "weekday-mismatch"
    severity: ClassVar[Severity] = Severity.WARNING

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield a hit for each date whose weekday does not fit."""
        words = self.lexicon(document.language)
        if not words:
            return
        weekdays, months = words["weekdays"], words["months"]
        patterns = _patterns(tuple(weekdays), tuple(months), tuple(words["orders"]))
        for block in document.blocks:
            for found in (match for pattern in patterns for match in pattern.finditer(block.text)):
                day = _date(int(found["year"]), _index(months, found["month"]) + 1, int(found["day"]))
                if day is not None and day.weekday() != _index(weekdays, found["weekday"]):
                    right = weekdays[day.weekday()]
                    yield Hit(
                        Span(block.start + found.start(), block.start + found.end()),
                        f"Weekday does not fit the date: {day.isoformat()} is a {right}",
                        "find out which of the two is meant",
                        data={"date": day.isoformat(), "weekday": right},
                    )


@cache
def _patterns(weekdays: Sequence[str], months: Sequence[str], orders: Sequence[str]) -> Sequence[re.Pattern[str]]:
    """What finds dates: a pattern for each order in which a language writes them, made once."""
    groups = {
        "weekday": f"(?P<weekday>{'|'.join(map(re.escape, weekdays))})",
        "month": f"(?P<month>{'|'.join(map(re.escape, months))})",
        "day": r"(?P<day>\d{1,2})",
        "year": r"(?P<year>\d{4})",
    }
    filled = (order.format(**groups).replace(" ", r"\s{1,3}") for order in orders)
    return tuple(re.compile(rf"\b{pattern}\b", re.IGNORECASE) for pattern in filled)


def _index(words: Sequence[str], word: str) -> int:
    return [each.lower() for each in words].index(word.lower())


def _date(year: int, month: int, day: int) -> date | None:
    """The date; None where there is no such day, or none whose weekday is the same for everybody."""
    try:
        return date(year, month, day) if year >= GREGORIAN else None
    except ValueError:
        return None
