"""The self-check: its questions, the interview, and the advice at the end."""
