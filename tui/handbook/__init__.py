"""What a handbook is, and what can be asked of it; knows nothing of the terminal."""
