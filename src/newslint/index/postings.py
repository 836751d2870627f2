"""From keys to the documents that have them: a sorted table that is looked up where it lies.

A row is one 64-bit number: the upper bits of a key, and below them the number of a document, as many bits as the
segment's documents take. So a million documents leave a key 44 bits, ten million 40: among the 3 * 10**9 keys of ten
million articles, one question in 400 finds a document that does not have the key, which whoever asks verifies anyway.

Keys are hashes, so that they are spread evenly: a second table says where the keys with the same first bits begin, and
a question looks at one place of each table instead of thirty. (One level of interpolation, after Perl, Itai & Avni,
"Interpolation search", 1978.)
"""

from bisect import bisect_left
from collections.abc import Sequence

from newslint.index.arrays import ArrayFile

#: Rows that begin with the same bits, about: half a page of memory.
BUCKET = 256
#: Up to so many rows are read into memory to be searched.
SEVERAL = 4096
#: The most bits that the second table tells apart: 256 MB of it.
MOST_BITS = 25
WORD = 64


class Postings:
    """The documents of a segment by key.

    Args:
        file: the segment's file.
        rows: the name of its array of rows: sorted, each once.
        table: the name of the array that tells where the rows begin whose first bits are 0, 1, 2 …, and where the last
            one ends.
        bits: how many bits of a row are the number of the document.
    """

    def __init__(self, file: ArrayFile, rows: str, table: str, bits: int) -> None:
        self.bits = bits
        self.rows = file[rows]
        self._file = file
        self._rows = rows
        self._table = table
        self._shift = WORD + 1 - (len(file[table]) - 1).bit_length()

    def find(self, key: int) -> Sequence[int]:
        """The rows that hold a key, ascending; what ``document`` takes."""
        first = key >> self._shift
        start = key >> self.bits << self.bits
        low, high = self._file.read(self._table, first, first + 2)
        # To be read, a page of memory that is mapped is mapped with its neighbours.
        many = high - low > SEVERAL
        rows = self.rows[low:high] if many else self._file.read(self._rows, low, high)
        low = bisect_left(rows, start)
        return rows[low : bisect_left(rows, start + (1 << self.bits), low)]

    def document(self, row: int) -> int:
        """The document of a row."""
        return row & ((1 << self.bits) - 1)


def owner_bits(documents: int) -> int:
    """How many bits the number of a document takes."""
    return max(1, (documents - 1).bit_length())


def table_bits(rows: int) -> int:
    """How many first bits the second table tells apart."""
    return min(MOST_BITS, (rows // BUCKET).bit_length())
