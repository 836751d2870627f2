"""Rules about what machine translation and rewriting leave behind."""
