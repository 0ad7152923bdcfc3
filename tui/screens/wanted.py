"""What a screen can want of the app: a text copied, an address followed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CopyWanted(Message):
    """A text is to be copied; `name` is what a file with it would be called."""

    text: str
    name: str


@dataclass
class AddressFollowed(Message):
    """A link out of the book was followed."""

    address: str
