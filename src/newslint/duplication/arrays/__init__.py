"""The array kernel: the same words, shingles, fingerprints, lines and signatures, for a batch of texts at once.

Texts are folded as joined bytes and hashed as arrays, with no Python object a word. It gives, bit for bit, what the
plain functions of ``newslint.duplication`` give text by text; a text's result never depends on its neighbours.
Importing this imports numpy, so that small runs leave it alone (see ``newslint.duplication.kernel``).
"""

import numpy as np

from newslint.duplication.arrays.batches import batches
from newslint.duplication.arrays.columns import fingerprint_columns, line_columns
from newslint.duplication.arrays.lines import Lines, lines
from newslint.duplication.arrays.shingles import Prints, Shingles, fingerprints, shingle, winnow
from newslint.duplication.arrays.signatures import from_minhashes, is_empty, signatures, to_lean_minhashes, to_minhashes
from newslint.duplication.arrays.words import Words, read

__all__ = [
    "Lines",
    "Prints",
    "Shingles",
    "Words",
    "batches",
    "fingerprint_columns",
    "fingerprints",
    "from_minhashes",
    "is_empty",
    "line_columns",
    "lines",
    "read",
    "shingle",
    "signatures",
    "to_lean_minhashes",
    "to_minhashes",
    "winnow",
]

# A batch makes some hundred arrays of about a megabyte and drops them again. Once glibc's ``free`` has seen a mapping
# of 16 MB it keeps such memory at hand; before, it returns each to the system, which clears it anew: a third of the
# time.
np.empty(1 << 24, np.uint8)
