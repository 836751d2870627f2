"""Truncation: text that stops before its end."""
