"""What a controller responds with: the next thing for the screen to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ...diary.errors import Busy, CannotRead
from ...handbook.blocks import Link
from ...session.history import Place
from ...session.matches import Matches

if TYPE_CHECKING:
    from ...session.ticked_list import Row


class Say(NamedTuple):
    """Say something to the reader until the next key."""

    words: str


class Warn(NamedTuple):
    """Say what the reader must know for as long as it holds."""

    words: str


class OpenPlace(NamedTuple):
    """Go on to a place in the book."""

    place: Place
    said: str = ""
    """What to say of it."""
    item: str = ""
    """On a list, the reference of the item to choose."""


class FollowLink(NamedTuple):
    """Go where a link leads."""

    link: Link


class OpenAddress(NamedTuple):
    """Go to an address out of the book."""

    address: str


class RunAction(NamedTuple):
    """Run the action of a key."""

    name: str


class CopyText(NamedTuple):
    """Copy a text; `name` is what a file with it would be called."""

    text: str
    name: str


class ShowMatches(NamedTuple):
    """Show what a search found."""

    matches: Matches
    place: Place | None
    """Where to go first; None where the page is open already."""
    said: str = ""
    """What to say of it."""


class DiaryAct(NamedTuple):
    """Change the diary, then show what changed."""

    act: Callable[[], object]
    """Raises what the diary raises; may return the words to say instead of `said`."""
    said: str = ""
    """What to say once it is saved."""
    list_id: str = ""
    """The only list that changes; empty where several may."""
    row: Row | None = None
    """The item that changes, as it will be."""
    then: RunAction | None = None
    """What the screen is to do after it, saved or not."""


Response: TypeAlias = (
    Say
    | Warn
    | OpenPlace
    | FollowLink
    | OpenAddress
    | RunAction
    | CopyText
    | ShowMatches
    | DiaryAct
    | None
)
"""What is to be done next; None where there is nothing to do."""


def followed(link: Link | None) -> Response:
    """Go where a link leads that was followed on another screen, if one was."""
    return FollowLink(link) if link is not None else None


def unanswered(error: CannotRead) -> Say | Warn:
    """What is said where the diary gave no answer."""
    return Say(f"{error}") if isinstance(error.trouble, Busy) else Warn(f"{error}")
