"""What a screen can ask of the app: a text copied, an address followed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CopyRequested(Message):
    """A text is to be copied."""

    text: str
    name: str
    """What a file with it would be called."""


@dataclass
class AddressFollowed(Message):
    """A link out of the book was followed."""

    address: str
