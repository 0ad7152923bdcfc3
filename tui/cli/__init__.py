"""The command line: words in, plain text and an exit code out; none of it imports Textual."""
