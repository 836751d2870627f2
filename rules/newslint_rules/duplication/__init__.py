"""Duplication: documents, passages and lines that stand more than once."""
