"""Where the reader has been: places in the book, with back and forward."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 200
"""Places kept; older ones are forgotten."""


class Place(NamedTuple):
    """A character in a block of a section: the same sentence at any width."""

    section: str
    block: int = 0
    character: int = 0


class History(NamedTuple):
    """Places in the order of visiting; `at` is the one the reader is at."""

    places: tuple[Place, ...] = ()
    at: int = -1

    @property
    def here(self) -> Place | None:
        """Where the reader is; None before the first visit."""
        return self.places[self.at] if self.places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the reader went back and can return."""
        return self.at < len(self.places) - 1

    def visit(self, place: Place) -> History:
        """Go on to a new place; what lay ahead is forgotten."""
        places = (*self.places[: self.at + 1], place)[-LONGEST:]
        return History(places, len(places) - 1)

    def moved(self, place: Place) -> History:
        """The same visit, read on to another place."""
        if not self.places:
            return self.visit(place)
        places = (*self.places[: self.at], place, *self.places[self.at + 1 :])
        return self._replace(places=places)

    def back(self) -> History:
        """One visit back, if there is one."""
        return self._replace(at=self.at - 1) if self.can_go_back else self

    def forward(self) -> History:
        """One visit forward, if there is one."""
        return self._replace(at=self.at + 1) if self.can_go_forward else self
