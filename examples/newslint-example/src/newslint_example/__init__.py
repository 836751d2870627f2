"""What this package offers to newslint: references only, so that a run imports no more than it uses."""

from newslint.plugins import ReaderRef, RendererRef, RuleRef, hookimpl


@hookimpl
def newslint_rules() -> list[RuleRef]:
    """Offer the rules."""
    return [
        RuleRef("EXA001", "weekday-mismatch", "newslint_example.weekday_mismatch:WeekdayMismatch"),
    ]


@hookimpl
def newslint_readers() -> list[ReaderRef]:
    """Offer the readers."""
    return [ReaderRef("subtitles", (".srt",), "newslint_example.subtitles:read")]


@hookimpl
def newslint_renderers() -> list[RendererRef]:
    """Offer the report formats."""
    return [RendererRef("tsv", "newslint_example.tsv:render")]
