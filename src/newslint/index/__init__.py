"""The archive index: what comparing takes of many documents, kept on disk, so that a few can be checked against them.

An index is a folder. Its manifest, ``newslint-index.json``, is the only file that ever changes, and it is replaced at
once; it names *segments*, which are written once and mapped into memory to be read. A segment holds some documents:
where each came from, its columns by feature, and for every column of keys a sorted table from key to documents.

    with Writer.create(folder, root, features) as writer: ...   # newslint.index.writer: one at a time
    archive = Archive(folder)                                    # newslint.index.archive: any number, at any time
"""

from newslint.index.archive import Archive
from newslint.index.context import related
from newslint.index.errors import DamagedError, IndexFolderError, LockedError, VersionError
from newslint.index.manifest import MANIFEST, Manifest, is_index
from newslint.index.source import Source

__all__ = [
    "MANIFEST",
    "Archive",
    "DamagedError",
    "IndexFolderError",
    "LockedError",
    "Manifest",
    "Source",
    "VersionError",
    "is_index",
    "related",
]
