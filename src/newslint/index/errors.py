"""What may be wrong with an index. Each message names the folder or file and says what to do."""

from newslint.config import ConfigError


class IndexFolderError(ConfigError):
    """An index cannot be used as asked."""


class VersionError(IndexFolderError):
    """An index was written by another version of the format or of a feature: it must be built anew."""


class DamagedError(IndexFolderError):
    """A file of an index is missing or is not what was written."""


class LockedError(IndexFolderError):
    """Another process is writing the index."""
