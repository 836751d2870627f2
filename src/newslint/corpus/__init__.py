"""What a corpus builder takes from a run: a manifest with a row for each document, and the cleaned corpus."""
