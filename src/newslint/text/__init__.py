"""What a language and a page of text know: blocks, sentences, words, phrases."""
