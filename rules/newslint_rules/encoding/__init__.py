"""Rules on characters: what decoding, copying and templates leave in a text."""
