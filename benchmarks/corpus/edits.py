"""Copies of an article: edited by words, by blocks, cut out, or republished with a byline and an appeal."""

import random
import re

from corpus.article import Draft, draws, sentences
from corpus.exact import Figures, figures

SPACES = re.compile(r"(\s+)")
#: A copy's similarity comes so near to the one that was asked for, or is the best of so many tries.
NEAR, TRIES = 0.02, 4
WORDS_IN_SHINGLE = 5
#: Characters of a sentence: a block has at least one.
TYPICAL_SENTENCE = 100


def edited(source: Draft, way: str, target: float, rng: random.Random) -> tuple[str, Figures]:
    """A copy of about the target Jaccard similarity, and what it is exactly.

    Args:
        source: the original.
        way: ``words`` for single words replaced, added and dropped all over the text; ``blocks`` for runs of sentences.
        target: the Jaccard similarity of five-word shingles that is aimed for.
        rng: where chance comes from.
    """
    original = source.text()
    aim = target
    best: tuple[float, str, Figures] | None = None
    for _ in range(TRIES):
        text = edit_words(source, original, aim, rng) if way == "words" else edit_blocks(source, aim, rng)
        found = figures(original, text)
        miss = abs(found.jaccard - target)
        if best is None or miss < best[0]:
            best = miss, text, found
        if miss <= NEAR:
            break
        aim = min(0.99, max(0.3, aim + (target - found.jaccard) * 0.8))
    assert best is not None
    return best[1], best[2]


def edit_words(source: Draft, original: str, target: float, rng: random.Random) -> str:
    """Replace, add and drop single words, spread over the text.

    One replaced word costs each side five shingles: J = (n - 5e) / (n + 5e) for e edits in n words.
    """
    pieces = SPACES.split(original.rstrip())
    count = (len(pieces) + 1) // 2
    edits = round(count * (1 - target) / (WORDS_IN_SHINGLE * (1 + target)))
    words = source.language.words
    for number in range(edits):
        place = 2 * rng.randrange(count * number // edits, count * (number + 1) // edits)
        word = rng.choice(words)
        way = rng.random()
        if way < 0.6:
            pieces[place] = word
        elif way < 0.8:
            pieces[place] += " " + word
        elif place:
            pieces[place] = ""
            pieces[place - 1] = " "
    return "".join(pieces).replace("  ", " ") + "\n"


def edit_blocks(source: Draft, target: float, rng: random.Random) -> str:
    """Replace, drop or add one to three runs of sentences.

    With a share f replaced J = (1 - f) / (1 + f); with f dropped J = 1 - f; with f added J = 1 / (1 + f).
    """
    kind = rng.choice(("replace", "replace", "replace", "drop", "add"))
    share = {"replace": (1 - target) / (1 + target), "drop": 1 - target, "add": (1 - target) / target}[kind]
    paragraphs = [list(paragraph) for paragraph in source.paragraphs]
    first = 1 if source.titled else 0
    size = sum(map(len, (sentence for paragraph in paragraphs[first:] for sentence in paragraph)))
    numbers = draws(rng)
    blocks = min(rng.randint(1, 3), max(1, int(share * size / TYPICAL_SENTENCE)))
    for _ in range(blocks):
        budget = share * size / blocks
        number = rng.randrange(first, len(paragraphs))
        place = rng.randrange(len(paragraphs[number]) + 1)
        taken = 0
        while kind != "add" and taken < budget and number < len(paragraphs):
            if place < len(paragraphs[number]):
                taken += len(paragraphs[number].pop(place))
            elif number + 1 < len(paragraphs):
                number, place = number + 1, 0
            else:
                break
        if kind != "drop":
            made = sentences(source.language, numbers, 1000, int(taken or budget))
            paragraphs[number][place:place] = made
    return source._replace(paragraphs=[paragraph for paragraph in paragraphs if paragraph]).text()


def excerpt(source: Draft, rng: random.Random) -> tuple[str, Figures]:
    """A run of sentences, a quarter to three fifths of an article, that stands alone."""
    places = source.sentences()
    count = max(4, round(len(places) * rng.uniform(0.25, 0.6)))
    start = rng.randrange(max(1, len(places) - count + 1))
    kept = set(places[start : start + count])
    paragraphs = [
        [sentence for place, sentence in enumerate(paragraph) if (number, place) in kept]
        for number, paragraph in enumerate(source.paragraphs)
    ]
    text = source._replace(paragraphs=[paragraph for paragraph in paragraphs if paragraph], titled=False).text()
    return text, figures(source.text(), text)


def republished(source: Draft, rng: random.Random) -> tuple[str, Figures]:
    """The article with a byline on top, an appeal at the end and up to three words changed."""
    numbers = draws(rng)
    tongue = source.language
    paragraphs = [list(paragraph) for paragraph in source.paragraphs]
    for _ in range(rng.randint(0, 3)):
        paragraph = rng.choice(paragraphs)
        place = rng.randrange(len(paragraph))
        words = paragraph[place].split(" ")
        words[rng.randrange(len(words))] = rng.choice(tongue.words)
        paragraph[place] = " ".join(words)
    paragraphs.insert(1 if source.titled else 0, [rng.choice(tongue.bylines).fill(numbers)])
    paragraphs.append([rng.choice(tongue.appeals).fill(numbers)])
    text = source._replace(paragraphs=paragraphs).text()
    return text, figures(source.text(), text)
