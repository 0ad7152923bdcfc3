"""What is said of words that make no command."""

from __future__ import annotations


class UsageError(Exception):
    """The words make no command; the text is one line with the remedy."""
