"""The reading screen: the contents at the side, the page or the list, and one line about both."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.getters import query_one
from textual.widgets import Static

from ...handbook.loading import Pages
from ...handbook.model import Handbook, Kind, Section
from ...keys import FOOTER, Key
from ...session.history import Place
from ...session.matches import Matches
from ...session.reading_state import ReadingState
from ...session.standing import standing
from ..widgets.bindings import bindings
from ..widgets.contents import ContentsTree
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .listing import ListingScreen

BEGIN_AFTER = 0.03
"""Seconds until what can wait begins: by then the thread that writes has sent the first page."""


class ReadingScreen(ListingScreen):
    """Reads the handbook; the only place where contents, page, list and status line meet."""

    BINDINGS = bindings("help", "close", "quit")
    AUTO_FOCUS = "#page > *"

    status = query_one(StatusBar)

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        keys: tuple[Key, ...],
        visit: ReadingState,
        place: Place | None,
    ) -> None:
        super().__init__(handbook, pages, visit, keys)
        self._first_place = place
        self._numbers = {each.id: number for number, each in enumerate(handbook.readable, 1)}

    def compose(self) -> ComposeResult:
        """The status line, the contents, and the text; the list once one is opened."""
        yield StatusBar()
        yield ContentsTree(self._handbook)
        with Container(id="page"):
            yield Reader()
        yield Static("Please make the window larger: 24 by 6 at least.", id="room", markup=False)

    def on_mount(self) -> None:
        """Open the book at the place asked for, where it was left, or at its first page."""
        self.watch(self.reader, "in_sight", self.note_position, init=False)
        self.contents.read = self._visit.read
        place = self._first_place or self._kept_place()
        if place is not None:
            self.open_place(place)
        elif (first := self._handbook.first) is not None:
            self.open_section(first)
        self._say_keys()
        self.call_after_refresh(self.set_timer, BEGIN_AFTER, self._begin)

    def _begin(self) -> None:
        """What can wait until the first page stands."""
        self.run_worker(self.flow.begin())
        self.run_worker(self._searching.begin())

    def on_key(self) -> None:
        """Anything said has been read when the next key comes."""
        self.status.said = ""

    def watch_focused(self) -> None:
        """Another pane has the keys."""
        if self.is_mounted and self.focused is not None:
            self._say_keys()

    def show(self, section: Section, place: Place) -> None:
        """Show a place of the book; a list as a list."""
        in_contents = self.focused is self.contents and not self.over
        listed = self.flow.list_at(section) if section.kind is Kind.CHECKLIST else None
        self.listing = listed is not None
        if listed is None:
            self.reader.show(self._pages.or_explanation(section), (place.block, place.character))
            self.reader.marks = self._searching.marks_on(section.id)
        else:
            self.checklist.show(self._pages[section], listed, place.block)
            self.start(self.flow.ask_to_go_on(listed))
        self.status.danger = self._searching.danger_on(section.id)
        self.note_position()
        self.contents.here = section.id
        if not in_contents:
            self.leave_contents()

    def show_matches(self, matches: Matches | None) -> None:
        """Mark the matches on the page that is open, and go to the one at hand."""
        self.reader.marks = matches.marks() if matches and not self.listing else ()
        if matches and matches.here.places:
            self.reader.mark_here = matches.match
            place = matches.here.places[matches.match]
            if self.listing:
                self.checklist.choose_at(place.block)
            else:
                self.reader.go_to(place.block, place.start)
        self.note_position()

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""
        self.status.said = words

    def warn(self, words: str) -> None:
        """Say what the reader must know for as long as it holds; nothing ends it."""
        self.status.warning = words

    @on(Reader.LinkFollowed)
    def _follow_link(self, message: Reader.LinkFollowed) -> None:
        self.follow(message.link)

    @on(Reader.PageEnded)
    def _read_on(self) -> None:
        self.action_next_section()

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.say(message.why)

    def note_position(self) -> None:
        """Say in the status line where the reader is; at the end of a page, mark it as read."""
        here = self.trail.here
        if here is None:
            return
        listed = self.checklist.listed if self.listing else None
        progress = self.reader.progress if listed is None else 100
        number = self._numbers.get(here.section, 0)
        found = self._searching.matches_on(here.section)
        place = standing(number, len(self._numbers), progress, listed, found)
        self.status.position = f"private · {place}" if self._visit.diary.private else place
        if progress == 100 and here.section not in self._visit.read:
            self.call_after_refresh(self._mark_read, here.section)
        self.save_place_soon()

    def _mark_read(self, section: str) -> None:
        self._visit.mark_read(section)
        self.contents.read = self._visit.read

    def action_help(self) -> None:
        """Explain the pane that has the keys."""
        from .help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        pane = self.contents if self.focused is self.contents else self.pane
        page = help_page(pane.HELP, self._keys.values(), self._pane_name)
        self.app.push_screen(HelpScreen(page))

    def action_close(self) -> None:
        """Close what is open; never quits."""
        self.reader.chosen = None
        self._searching.clear()
        self.leave_contents()

    def action_quit(self) -> None:
        """Close what is open, else quit."""
        if self.over:
            self.leave_contents()
        else:
            self.app.exit()

    @property
    def _pane_name(self) -> str:
        if self.focused is self.contents:
            return "contents"
        return "checklist" if self.listing else "text"

    @on(Reader.LinkChosen)
    def _say_keys(self) -> None:
        pane = self._pane_name
        if pane == "text" and self.reader.chosen is not None:
            pane = "link"
        can = (each for each in FOOTER[pane] if self.check_action(each.replace("-", "_"), ()))
        self.status.keys = tuple(self._keys[name] for name in can)
