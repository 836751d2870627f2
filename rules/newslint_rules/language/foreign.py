"""Where a document leaves its language: whole blocks, runs of blocks, sentences. Shared by the rules of this folder."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.document import Block, Document, Sentence
from newslint.model import Fix, Hit, Span
from newslint.text.foreign_words import FEWEST, SILENT, Evidence, foreign, foreign_part, most, speaks
from newslint.text.quotations import has_quotations, unquoted
from newslint.text.scripts import has_other_letters
from newslint.text.vocabulary import SAMPLE, SCRIPT_OF, WORD, canonical

#: Below this confidence in the document's own language nothing in it can be called foreign.
SURE = 0.9
#: A foreign block up to this many words, standing alone, is a caption; above, a passage.
CAPTION_WORDS = 60

#: A sentence, what of it is not quoted, and the evidence that it is foreign.
Judged = tuple[Sentence, str, Evidence | None]

#: English names of the languages that can be told.
NAMES = {
    "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish",
    "fil": "Filipino", "fr": "French", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "ms": "Malay", "my": "Burmese", "nb": "Norwegian",
    "nl": "Dutch", "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class Foreign(NamedTuple):
    """A stretch in another language: its span, the evidence, and whether it is a caption (one short block, alone)."""

    span: Span
    evidence: Evidence
    caption: bool


def language_name(code: str) -> str:
    """The English name of a language, from its code or tag; the tag itself where it has none."""
    return NAMES.get(canonical(code) or code, code)


def found(document: Document, stretch: Foreign, what: str, help: str, fix: Fix | None = None) -> Hit:
    """The hit for a stretch: which language it is in, which one the article is in, and how sure that is.

    Args:
        document: the document.
        stretch: one of its foreign stretches.
        what: what the rule calls it ("Line").
        help: what to do about it.
        fix: how to take it out.
    """
    language, host = stretch.evidence.language, document.language or ""
    return Hit(
        stretch.span,
        f"{what} in {language_name(language)}; the article is in {language_name(host)}",
        help,
        fix=fix,
        data={"language": language, "host": host, "confidence": round(stretch.evidence.confidence, 3)},
    )


def stretches(document: Document) -> Sequence[Foreign]:
    """The foreign stretches of a document, in order; none where the document's own language is not sure."""
    return document.layer(_all_stretches)


def _all_stretches(document: Document) -> Sequence[Foreign]:
    host = document.language
    if host is None or document.language_confidence < SURE:
        return ()
    return tuple(_stretches(document, host))


def _stretches(document: Document, host: str) -> Iterator[Foreign]:
    run: list[tuple[Block, Evidence]] = []
    before = -1
    for index in _doubtful(document, host):
        block = document.blocks[index]
        # A quotation set as a block may well be in the language it was spoken in.
        sentences = () if block.kind == "quote" else _judged(block, document.sentences_of(index), host)
        evidence = _of_block(block, sentences, host)
        if run and (evidence is None or evidence.language != run[0][1].language or index > before + 1):
            yield _joined(run)
            run = []
        if evidence is not None:
            run.append((block, evidence))
        else:
            yield from _inside(sentences)
        before = index
    if run:
        yield _joined(run)


def _doubtful(document: Document, host: str) -> Sequence[int]:
    """The blocks that may hold something foreign, by index, told at a glance at all words."""
    blocks = document.blocks
    if SCRIPT_OF.get(canonical(host) or "") != "Latin":
        return range(len(blocks))
    # Without quotations other words are left, of very long blocks only some, and other scripts are no matter of words.
    found = {index for index, block in enumerate(blocks) if len(block.text) > SAMPLE}
    for tells in (has_quotations, has_other_letters):
        if tells(document.text):
            found.update(index for index, block in enumerate(blocks) if tells(block.text))
    # Sentences that are too short to tell anything may tell something together.
    together = [0.0] * len(blocks)
    for sentence, nats in zip(document.sentences, most(document.words, host), strict=True):
        together[sentence.block] += nats
        if nats > SILENT and speaks(WORD.findall(sentence.text), host):
            found.add(sentence.block)
    found.update(
        index
        for index, nats in enumerate(together)
        if nats > SILENT and len(document.sentences_of(index)) > 1 and speaks(WORD.findall(blocks[index].text), host)
    )
    return sorted(found)


def _judged(block: Block, sentences: Sequence[Sentence], host: str) -> Sequence[Judged]:
    """Judge each sentence of the block. Quotations are told in the block, since they may hold several sentences."""
    own = unquoted(block.text)
    judged = []
    for sentence in sentences:
        part = own[sentence.start - block.start : sentence.end - block.start]
        judged.append((sentence, part, foreign_part(sentence.text, part, host)))
    return judged


def _of_block(block: Block, sentences: Sequence[Judged], host: str) -> Evidence | None:
    """The evidence that a block is foreign as a whole."""
    if len(sentences) < 2:
        return sentences[0][2] if sentences else None
    return foreign(block.text, host) if _throughout(sentences) else None


def _joined(run: Sequence[tuple[Block, Evidence]]) -> Foreign:
    """One stretch of consecutive foreign blocks; the longest block's evidence speaks for all."""
    first, last = run[0][0], run[-1][0]
    evidence = max((evidence for _, evidence in run), key=lambda evidence: evidence.score)
    caption = len(run) == 1 and first.text.count(" ") < CAPTION_WORDS
    return Foreign(Span(first.start, last.end), evidence, caption)


def _throughout(sentences: Sequence[Judged]) -> bool:
    """Whether a block may be foreign as a whole, and not by one of its sentences.

    Most of it must be in foreign sentences; those with too few words of their own to tell do not count.
    """
    other = sum(len(sentence.text) for sentence, _, evidence in sentences if evidence is not None)
    home = sum(
        len(sentence.text)
        for sentence, part, evidence in sentences
        if evidence is None and (part.count(" ") >= 2 * FEWEST or len(WORD.findall(part)) >= FEWEST)
    )
    return other >= home


def _inside(sentences: Sequence[Judged]) -> Iterator[Foreign]:
    """Foreign sentences inside a block of the document's own language, neighbours joined."""
    run: list[tuple[Sentence, Evidence]] = []
    for sentence, _, evidence in [*sentences, (None, "", None)]:
        if sentence is not None and evidence is not None:
            run.append((sentence, evidence))
        elif run:
            best = max((evidence for _, evidence in run), key=lambda evidence: evidence.score)
            yield Foreign(Span(run[0][0].start, run[-1][0].end), best, False)
            run = []
