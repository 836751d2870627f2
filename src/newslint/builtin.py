"""The engine's own rules, readers and report formats, offered through the same hooks as anybody's."""

from newslint.plugins import ReaderRef, RendererRef, RuleRef, hookimpl


@hookimpl
def newslint_rules() -> list[RuleRef]:
    """What the engine itself has to say about documents."""
    return [
        RuleRef("NL001", "guessed-encoding", "newslint.engine.own_rules:GuessedEncoding"),
        RuleRef("NL002", "broken-record", "newslint.engine.own_rules:BrokenRecord"),
        RuleRef("NL003", "unused-suppression", "newslint.engine.unused:UnusedSuppression"),
    ]


@hookimpl
def newslint_readers() -> list[ReaderRef]:
    """The formats that newslint reads by itself."""
    return [
        ReaderRef("text", (".txt", ".text"), "newslint.readers.text:read"),
        ReaderRef("markdown", (".md", ".markdown"), "newslint.readers.markdown:read"),
        ReaderRef("jsonl", (".jsonl", ".ndjson"), "newslint.readers.jsonl:READER", records=True),
        ReaderRef("csv", (".csv",), "newslint.readers.csv:READER", records=True),
        ReaderRef("tsv", (".tsv",), "newslint.readers.csv:TABS", records=True),
        ReaderRef("parquet", (".parquet",), "newslint.readers.parquet:READER", records=True),
    ]


@hookimpl
def newslint_renderers() -> list[RendererRef]:
    """The formats that newslint reports in by itself."""
    return [
        RendererRef("full", "newslint.render.full:render"),
        RendererRef("concise", "newslint.render.concise:render"),
        RendererRef("json", "newslint.render.json:render"),
        RendererRef("jsonl", "newslint.render.jsonl:render"),
        RendererRef("sarif", "newslint.render.sarif:render"),
        RendererRef("github", "newslint.render.github:render"),
        RendererRef("gitlab", "newslint.render.gitlab:render"),
        RendererRef("junit", "newslint.render.junit:render"),
        RendererRef("rdjson", "newslint.render.rdjson:render"),
        RendererRef("rdjsonl", "newslint.render.rdjsonl:render"),
        RendererRef("markdown", "newslint.render.markdown:render"),
        RendererRef("html", "newslint.render.html:render"),
    ]
