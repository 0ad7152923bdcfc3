"""The screens one goes to from the text and comes back from: self-check, body map, diary, palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from textual.screen import Screen

from ...handbook.blocks import Link
from ...handbook.body_map import BodyMap, read_body_map
from ...handbook.errors import ContentError
from ...handbook.loading import Pages
from ...handbook.model import Handbook, Page
from ...handbook.red_flags import at_a_glance
from ...keys import Key
from ...self_check.interview import Interview
from ...self_check.model import SelfCheck
from ...session.checklists import ChecklistDesk
from ...session.history import Place
from ..screens.red_flags import RedFlagsScreen

T = TypeVar("T")


class Host(Protocol):
    """The screen that one leaves and comes back to."""

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    def open_place(self, place: Place) -> None:
        """Go on to a place in the book."""

    def follow(self, link: Link) -> None:
        """Go where a link leads."""

    def show_ticks(self, chosen: str = "") -> None:
        """Show the lists as they are on the disk now."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action of a key can be done now."""

    async def run_action(self, action: str) -> object:
        """Run the action of a key."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""


class Excursions:
    """Opens the other screens, each from its own file when it is first needed."""

    def __init__(
        self,
        host: Host,
        handbook: Handbook,
        pages: Pages,
        desk: ChecklistDesk,
        keys: Mapping[str, Key],
    ) -> None:
        self._host = host
        self._handbook = handbook
        self._pages = pages
        self._desk = desk
        self._keys = keys
        self._interview: Interview | None = None

    async def red_flags(self) -> None:
        """Look at the red flags, and come back; a page that does not sort its signs is opened."""
        screen = self._red_flags()
        if screen is None:
            return
        if not screen.glance:
            self._host.open_place(Place(screen.page.section.id))
            return
        link = await self._host.ask(screen)
        if link is not None:
            self._host.follow(link)

    async def self_check(self) -> None:
        """Go through the self-check; the answers stay until the program ends, and no longer."""
        check = await self._self_check()
        if check is None:
            return
        from ...self_check.advice import Adviser  # noqa: PLC0415 - opened on demand
        from ..screens.self_check import SelfCheckScreen  # noqa: PLC0415 - likewise

        adviser = Adviser(self._handbook, self._pages, check)
        interview = self._interview or Interview(check)
        drawn = self._body_map()
        screen = SelfCheckScreen(interview, adviser, self._keys, drawn, self._red_flags)
        link = await self._host.ask(screen)
        self._interview = screen.interview
        if link is not None:
            self._host.follow(link)

    async def body_map(self) -> None:
        """Look at the body map."""
        from ..screens.body_map import BodyMapScreen  # noqa: PLC0415 - opened on demand

        drawn = self._body_map()
        if drawn is None:
            self._host.say("The page of the body map draws none")
            return
        link = await self._host.ask(BodyMapScreen(*drawn, self._keys, self._red_flags))
        if isinstance(link, Link):
            self._host.follow(link)

    async def diary(self) -> None:
        """Look back on past runs."""
        from ..screens.diary import DiaryScreen  # noqa: PLC0415 - opened on demand

        place = await self._host.ask(DiaryScreen(self._handbook, self._desk, self._keys))
        self._host.show_ticks()
        if place is not None:
            self._host.open_place(place)

    async def palette(self) -> None:
        """Choose a command or a page by name, and run or open it."""
        from ..screens.palette import PaletteScreen, palette_choices  # noqa: PLC0415 - opened on demand

        offered = [
            key
            for key in self._keys.values()
            if self._host.check_action(key.id.replace("-", "_"), ()) is not False
        ]
        chosen = await self._host.ask(PaletteScreen(palette_choices(self._handbook, offered)))
        if chosen is None:
            return
        if chosen.section:
            self._host.open_place(Place(chosen.section))
        else:
            await self._host.run_action(chosen.action)

    async def _self_check(self) -> SelfCheck | None:
        """The book's self-check, read anew; one that is broken is said with its place."""
        from ...self_check.loading import load_self_check  # noqa: PLC0415 - on demand

        try:
            return load_self_check(self._handbook)
        except ContentError as error:
            from ..screens.help import HelpScreen, plain_page  # noqa: PLC0415 - likewise

            await self._host.ask(HelpScreen(plain_page("The self-check cannot open", f"{error}.")))
            return None

    def _body_map(self) -> tuple[BodyMap, Page] | None:
        section = self._handbook.get(self._handbook.roles.body_map)
        if section is None:
            return None
        page = self._pages.or_explanation(section)
        body_map = read_body_map(page)
        return (body_map, page) if body_map is not None else None

    def _red_flags(self) -> RedFlagsScreen | None:
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is None:
            return None
        page = self._pages.or_explanation(section)
        return RedFlagsScreen(at_a_glance(page), page, self._keys)
