"""A corpus of news articles made up from patterns and word lists, with planted duplication that is exactly known."""
