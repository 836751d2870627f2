"""Where the files of an index lie."""

import os
from typing import NamedTuple

from newslint.config import ConfigError


class Files(NamedTuple):
    """Where the files of an index lie: the folder that its paths start from, absolute."""

    root: str

    def path(self, full: str) -> str:
        """A file's path as the index has it.

        Raises:
            ConfigError: it lies on another drive.
        """
        inside = os.path.join(self.root, "")
        try:
            path = full[len(inside) :] if full.startswith(inside) else os.path.relpath(full, self.root)
        except ValueError:
            raise ConfigError(f"{full}: lies on another drive than the index' root, {self.root}") from None
        return path.replace(os.sep, "/")

    def full(self, path: str) -> str:
        """Where the file of that path lies."""
        return os.path.normpath(os.path.join(self.root, path))
