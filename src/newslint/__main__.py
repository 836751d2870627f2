"""``newslint`` and ``python -m newslint``."""

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    from newslint.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
