"""Where the book meets what the reader did: lists with their ticks, runs in words, history; no Textual."""
