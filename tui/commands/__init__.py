"""The commands that answer in plain text; none of them imports Textual."""
