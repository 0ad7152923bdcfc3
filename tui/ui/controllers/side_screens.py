"""The screens beside the book, to go to and come back from: self-check, body map, diary, palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ...handbook.blocks import Link
from ...handbook.body_map import BodyMap, read_body_map
from ...handbook.errors import ContentError
from ...handbook.loading import Pages
from ...handbook.model import Handbook, Page
from ...handbook.red_flags import at_a_glance
from ...keys import Key
from ...self_check.interview import Interview
from ...session.history import Place
from ...session.reading_state import ReadingState
from ...session.startable import Here
from ..conversation import Conversation, ask
from ..screens.dialogs import ChoiceScreen
from ..screens.red_flags import RedFlagsScreen
from .checklist import ChecklistController
from .responses import OpenPlace, Response, RunAction, Say, followed

if TYPE_CHECKING:
    from ...diary.drafts import Draft
    from ...self_check.model import SelfCheck
    from .routine import RoutineController


HOW_TO_TRY = "{key} tries one such change in pairs of runs, or keeps only the cause and the date, to ask again."


class SideScreens:
    """Opens the other screens, each from its own file when it is first needed."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        checklists: ChecklistController,
        visit: ReadingState,
        keys: Mapping[str, Key],
    ) -> None:
        self._handbook = handbook
        self._pages = pages
        self._checklists = checklists
        self._visit = visit
        self._keys = keys
        self._interview: Interview | None = None

    def red_flags(self) -> Conversation[Response]:
        """Look at the red flags, and come back; a page that does not sort its signs is opened."""
        screen = self._red_flags_screen()
        if screen is None:
            return None
        if not screen.glance:
            return OpenPlace(Place(screen.page.section.id))
        screen.can_search = True
        return followed((yield from ask(screen)))

    def self_check(self) -> Conversation[Response]:
        """Go through the self-check; the answers stay until the program ends.

        Those that a dropped line cut off wait for a day, and the reader is asked about them.
        """
        from ...self_check.advice import Adviser  # noqa: PLC0415 - opened on demand
        from ...self_check.loading import load_self_check  # noqa: PLC0415 - likewise
        from ..screens.help import HelpScreen, plain_page  # noqa: PLC0415 - likewise
        from ..screens.self_check import SelfCheckScreen  # noqa: PLC0415 - likewise

        try:
            check = load_self_check(self._handbook)
        except ContentError as error:
            page = plain_page("The self-check cannot open", f"{error}.")
            yield from ask(HelpScreen(page))
            return None
        if check is None:
            return None
        key = self._checklists.key_of("try-item")
        adviser = Adviser(self._handbook, self._pages, check, how_to_try=HOW_TO_TRY.format(key=key))
        draft = self._checklists.desk.diary.drafts.named(f"self-check {self._handbook.title}")
        interview = self._interview or (yield from _begun(check, draft))
        if interview is None:
            return None
        drawn = self._body_map()
        while True:
            screen = SelfCheckScreen(
                interview,
                adviser,
                self._keys,
                drawn,
                self._red_flags_screen,
                draft=draft,
                checklists=self._checklists,
            )
            answer = yield from ask(screen)
            self._interview = interview = screen.interview or interview
            if not isinstance(answer, Here):
                return followed(answer)
            said = yield from self.routines.from_here(answer)
            if said is not None:
                return said

    def body_map(self) -> Conversation[Response]:
        """Look at the body map."""
        from ..screens.body_map import BodyMapScreen  # noqa: PLC0415 - opened on demand

        drawn = self._body_map()
        if drawn is None:
            return Say("The page of the body map draws none")
        link = yield from ask(BodyMapScreen(*drawn, self._keys, self._red_flags_screen))
        return followed(link) if isinstance(link, Link) else None

    def diary(self, run: str = "") -> Conversation[Response]:
        """Look back on past runs, with the one that has this id chosen."""
        from ..screens.diary import DiaryScreen  # noqa: PLC0415 - opened on demand

        screen = DiaryScreen(self._handbook, self._checklists, self._keys, run=run)
        place = yield from ask(screen)
        return OpenPlace(place) if place is not None else None

    @cached_property
    def routines(self) -> RoutineController:
        """Starts routines and exercises."""
        from .routine import RoutineController  # noqa: PLC0415 - opened on demand

        book = (self._handbook, self._pages)
        desk, shown = self._checklists.desk, self._red_flags_screen
        return RoutineController(book, desk, self._visit, self._keys, shown)

    def palette(self, offered: Sequence[Key], *, may_start: bool) -> Conversation[Response]:
        """Choose one of these commands, a page or, unless there is a sign of danger, an exercise."""
        from ..screens.palette import PaletteScreen, palette_choices  # noqa: PLC0415 - opened on demand

        starts = self.routines.palette_lines() if may_start else ()
        lines = (*palette_choices(self._handbook, offered), *starts)
        chosen = yield from ask(PaletteScreen(lines))
        if chosen is None:
            return None
        if chosen.start:
            return (yield from self.routines.start(self._handbook.by_id[chosen.start]))
        return OpenPlace(Place(chosen.section)) if chosen.section else RunAction(chosen.action)

    def _body_map(self) -> tuple[BodyMap, Page] | None:
        section = self._handbook.get(self._handbook.roles.body_map)
        if section is None:
            return None
        page = self._pages.or_explanation(section)
        body_map = read_body_map(page)
        return (body_map, page) if body_map is not None else None

    def _red_flags_screen(self) -> RedFlagsScreen | None:
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is None:
            return None
        page = self._pages.or_explanation(section)
        return RedFlagsScreen(at_a_glance(page), page, self._keys)


def _begun(check: SelfCheck, draft: Draft) -> Conversation[Interview | None]:
    """The interview that a dropped line cut off, or a new one; None where the reader wants neither."""
    left = Interview.from_written(check, draft.words)
    if left is None:
        return Interview(check)
    title = f"The self-check was left at: {left.step}"
    at = yield from ask(ChoiceScreen(title, ("Go on where you were", "Begin again")))
    if at is None:
        return None
    if at == 0:
        return left
    draft.forget()
    return Interview(check)
