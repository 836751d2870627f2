"""Boilerplate: lines of the page around the article that were left in its text."""
