"""Rules about text in another language than its article."""
