"""What the engine itself has to say about a document, as rules like any other."""

from collections.abc import Iterable
from typing import ClassVar

from newslint.document import Document
from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule


class GuessedEncoding(DocumentRule):
    """A file that is not UTF-8 and was decoded by a guess.

    ## What it does
    Says which encoding a file was read with where neither its bytes nor a byte order mark tell.

    ## Why is this bad
    A wrong guess turns accents into other letters, and whoever reads the file next may guess otherwise. UTF-8 needs no
    guess.

    ## Example
    A French text saved as Windows-1252. Convert it: `iconv -f cp1252 -t utf-8`.
    """

    code: ClassVar[str] = "NL001"
    name: ClassVar[str] = "guessed-encoding"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield one hit on the first line where the encoding was guessed."""
        if document.guessed:
            yield Hit(
                document.lines[0].span,
                f"Not UTF-8: read as {document.encoding}, which is a guess",
                "convert the file to UTF-8",
                data={"encoding": document.encoding},
                key=document.encoding,
            )


class BrokenRecord(DocumentRule):
    """A record that cannot be read.

    ## What it does
    Reports lines of a record file that are no record, and records without their text: JSON that does not parse, a row
    with cells too many, a number where the text should be, a text that ends in half a character.

    ## Why is this bad
    Whoever reads the file next stops there, or passes over an article unseen. All other records are checked.

    ## Example
    ```json
    {"id": "a-17", "body": "The council will vote on
    ```

    ## Limits
    A field that is missing or null is no fault where the record has another text.
    """

    code: ClassVar[str] = "NL002"
    name: ClassVar[str] = "broken-record"
    severity: ClassVar[Severity] = Severity.ERROR

    def check(self, document: Document) -> Iterable[Hit]:
        """Yield one hit where the record is broken."""
        if document.broken:
            yield Hit(
                Span(0, 0), f"The record {document.broken}", "mend the record, or take it out", key=document.broken
            )
