"""Rules on quotation marks and brackets."""
