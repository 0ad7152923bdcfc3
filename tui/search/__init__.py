"""Search: from what was typed to the best sections of the book."""
