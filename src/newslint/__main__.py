"""``newslint`` and ``python -m newslint``."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    # A run makes many objects and hardly a cycle: looking for garbage less often saves a twentieth of a short run.
    gc.set_threshold(100_000)

    from newslint.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    # `python -m` looks for modules in the current folder first. What lies there is to be read, not to be run.
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    main()
