"""Duplication: words, shingles, fingerprints, and what two or many texts have in common.

Everything here works on plain texts or on documents without any rule; the rules over it are thin. This is the exact
path in pure Python: right for five texts, fit for some thousands.

For plain texts begin with ``find_near_duplicates`` and ``find_common_passages``.
"""

from newslint.duplication.clusters import clusters
from newslint.duplication.features import Fingerprints, Lines, Phrases
from newslint.duplication.lines import line_hash, line_hashes
from newslint.duplication.near import Twins, candidates, near_duplicates
from newslint.duplication.passages import Likeness, Run, common_runs, likeness
from newslint.duplication.postings import shared
from newslint.duplication.repeats import Copy, may_repeat, repeats
from newslint.duplication.reuse import Link, Passage, links, passages
from newslint.duplication.shingles import fingerprints, shingle_hash, shingles, winnow
from newslint.duplication.similarity import Similarity, is_near_duplicate, similarity, word_runs
from newslint.duplication.texts import find_common_passages, find_near_duplicates
from newslint.duplication.tokens import Tokens, fold, tokenize, word_hashes, words
from newslint.duplication.units import Reading, Recent, Unit, read, readings

__all__ = [
    "Copy",
    "Fingerprints",
    "Likeness",
    "Lines",
    "Link",
    "Passage",
    "Phrases",
    "Reading",
    "Recent",
    "Run",
    "Similarity",
    "Tokens",
    "Twins",
    "Unit",
    "candidates",
    "clusters",
    "common_runs",
    "find_common_passages",
    "find_near_duplicates",
    "fingerprints",
    "fold",
    "is_near_duplicate",
    "likeness",
    "line_hash",
    "line_hashes",
    "links",
    "may_repeat",
    "near_duplicates",
    "passages",
    "read",
    "readings",
    "repeats",
    "shared",
    "shingle_hash",
    "shingles",
    "similarity",
    "tokenize",
    "winnow",
    "word_hashes",
    "word_runs",
    "words",
]
