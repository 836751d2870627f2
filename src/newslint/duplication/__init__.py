"""Duplication: words, shingles, fingerprints, and what two or many texts have in common.

Everything here works on plain texts or on documents without any rule; the rules over it are thin. Five texts are
compared in plain Python, a million with arrays (``newslint.duplication.arrays``); both give the same.

For plain texts begin with ``find_near_duplicates`` and ``find_shared_passages``, or with ``Texts``, which is read once
and asked for both; of two texts, ``find_common_passages`` gives the spans. Texts that do not fit into memory are
sketched one batch after the other (``sketch``), and ``document_pairs`` says which to compare.
"""

from newslint.duplication.clusters import clusters
from newslint.duplication.features import Fingerprints, Lines
from newslint.duplication.lines import line_hash, line_hashes
from newslint.duplication.near import Twins, candidates, documents_compared, near_duplicates
from newslint.duplication.passages import Likeness, Run, common_runs, likeness
from newslint.duplication.postings import document_pairs, shared
from newslint.duplication.recurrences import Recurrences, recurrences
from newslint.duplication.repeats import Copy, repeats
from newslint.duplication.reuse import Passage, Reused, reuse_candidates, reused
from newslint.duplication.shingles import fingerprints, shingle_hash, shingles, winnow
from newslint.duplication.similarity import Figures, Measure, Similarity, compare, similarity, word_runs
from newslint.duplication.texts import (
    SharedPassage,
    Texts,
    find_common_passages,
    find_near_duplicates,
    find_shared_passages,
    sketch,
)
from newslint.duplication.tokens import Tokens, fold, tokenize, word_hashes, words
from newslint.duplication.units import Reading, Unit, read

__all__ = [
    "Copy",
    "Figures",
    "Fingerprints",
    "Likeness",
    "Lines",
    "Measure",
    "Passage",
    "Reading",
    "Recurrences",
    "Reused",
    "Run",
    "SharedPassage",
    "Similarity",
    "Texts",
    "Tokens",
    "Twins",
    "Unit",
    "candidates",
    "clusters",
    "common_runs",
    "compare",
    "document_pairs",
    "documents_compared",
    "find_common_passages",
    "find_near_duplicates",
    "find_shared_passages",
    "fingerprints",
    "fold",
    "likeness",
    "line_hash",
    "line_hashes",
    "near_duplicates",
    "read",
    "recurrences",
    "repeats",
    "reuse_candidates",
    "reused",
    "shared",
    "shingle_hash",
    "shingles",
    "similarity",
    "sketch",
    "tokenize",
    "winnow",
    "word_hashes",
    "word_runs",
    "words",
]
