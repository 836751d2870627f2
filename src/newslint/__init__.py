"""newslint: a quality-control linter for news text."""

__version__ = "0.1.0"
