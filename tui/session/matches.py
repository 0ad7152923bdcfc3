"""What a search found, and which match of it the reader is at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..search.engine import Hit, SafetyLine


class Matches(NamedTuple):
    """The hits of a search, and the match the reader is at."""

    query: str
    """What was searched for."""
    hits: tuple[Hit, ...]
    hit: int = 0
    """The number of the hit whose page is open, from 0."""
    match: int = 0
    """The number of the match on that page, from 0."""
    corrected: str | None = None
    """The query that was answered instead, where nothing matched a word of it."""
    danger: SafetyLine | None = None
    """The sign of danger that the search named, where its page is opened for it."""

    @property
    def here(self) -> Hit:
        """The hit whose page is open."""
        return self.hits[self.hit]

    @property
    def label(self) -> str:
        """Where the reader is among the matches of the page: `3/12`."""
        return f"{self.match + 1}/{len(self.here.places)}" if self.here.places else "0/0"

    def marks(self) -> tuple[tuple[int, int, int], ...]:
        """What to mark on the page: block, first character, last character plus one."""
        return tuple((place.block, place.start, place.end) for place in self.here.places)

    def from_block(self, block: int) -> Matches:
        """At the first match of the page from this block on; at its first where there is none."""
        below = (n for n, place in enumerate(self.here.places) if place.block >= block)
        return self._replace(match=next(below, 0))

    def after(self) -> Matches | None:
        """The next match: on this page, else the first of the next hit; None after the last."""
        if self.match + 1 < len(self.here.places):
            return self._replace(match=self.match + 1)
        return self._replace(hit=self.hit + 1, match=0) if self.hit + 1 < len(self.hits) else None

    def before(self) -> Matches | None:
        """The match before: on this page, else the last of the hit before; None before the first."""
        if self.match > 0:
            return self._replace(match=self.match - 1)
        if self.hit == 0:
            return None
        last = max(len(self.hits[self.hit - 1].places) - 1, 0)
        return self._replace(hit=self.hit - 1, match=last)
