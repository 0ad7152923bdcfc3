"""The reading screen: the contents at the side, the page or the list, and one line about both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from ...handbook.blocks import Link
from ...handbook.loading import Pages
from ...handbook.model import Handbook, Kind, Section
from ...keys import Key
from ...layout.typesetting import typeset
from ...layout.wrapping import MEASURE
from ...session.history import History, Place
from ...session.matches import Matches
from ...session.reading_state import ReadingState
from ..controllers.book_keys import BookKeys
from ..controllers.navigation import Navigation
from ..controllers.responses import (
    DiaryAct,
    FollowLink,
    OpenAddress,
    OpenPlace,
    Response,
    RunAction,
    Say,
    ShowMatches,
    Warn,
)
from ..controllers.search import SearchController
from ..conversation import Conversation, converse
from ..key_queue import queue_of
from ..messages import AddressFollowed, CopyRequested, HelpRequested
from ..widgets.bindings import bindings
from ..widgets.contents import ContentsTree
from ..widgets.outline import Outline
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar, position_text
from .base import StatusScreen
from .panes import Panes

if TYPE_CHECKING:
    from ...diary.errors import DiaryError
    from ...session.ticked_list import TickedList
    from ..controllers.checklist import ChecklistController, Outcome
    from ..controllers.side_screens import SideScreens
    from ..controllers.typed_ahead import TypedAhead
    from ..widgets.checklist import ChecklistView

BEGIN_AFTER = 0.03
"""Seconds until what can wait begins: by then the thread that writes has sent the first page."""
SAVE_AFTER = 1.0
"""Seconds after a move until the place is saved; a dropped link loses no more than that."""
FIRST_LOOK = 25
"""Moments that the start may take to read the list that it opens."""
LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at what other sessions have saved, while a list shows, and between two
tries to read what is kept of this book."""


class ReadingScreen(StatusScreen[None], inherit_bindings=False):
    """Reads the handbook; the only place where contents, page, list and status line meet.

    Controllers answer what a key means here, and `do` does it.
    """

    BINDINGS = bindings(
        *("next-section", "previous-section", "back", "forward", "bookmark", "bookmarks"),
        *("red-flags", "search", "find", "next-match", "previous-match"),
        *("self-check", "body-map"),
        *("start-routine", "diary", "palette", "copy-paragraph", "copy-section", "headings"),
        *("next-pane", "previous-pane", "toggle-contents"),
        *("checklist", "reason", "finish", "soreness", "try-item", "undo", "redo"),
        *("seen", "help", "close", "quit"),
    )
    AUTO_FOCUS = "Panes > Reader, Panes > ChecklistView"
    PLACES = ("text", "checklist", "contents")
    can_search = True

    trail: var[History] = var(History(), bindings=True)
    """Where the reader has been."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        keys: tuple[Key, ...],
        visit: ReadingState,
        place: Place | None,
        *,
        action: str = "",
    ) -> None:
        super().__init__({key.id: key for key in keys})
        self._handbook = handbook
        self._pages = pages
        self._visit = visit
        self._thread = visit.thread
        self._navigation = Navigation(handbook, pages, visit)
        self._searching = SearchController(
            handbook,
            pages,
            self._keys,
            visit.thread,
            desk=lambda: self._checklists.desk,
            open_run=self._open_run,
        )
        self._first_place = place
        self._first_action = action
        self._book_keys = BookKeys(handbook, self._keys)
        self._offered = self._book_keys.offered(History())
        self.panes = Panes(handbook, beside=visit.contents_shown)
        self.section = ""
        """The id of the page that is open; empty before the first one is."""
        self._page_number = ""
        self._found: Matches | None = None
        """What a search found on that page."""
        self._opened = History()
        """The trail when the book was opened."""
        self._saving: Timer | None = None
        self._typed_ahead: TypedAhead | None = None
        """What was typed for a list that the diary had not given yet; None where that never was."""

    def compose(self) -> ComposeResult:
        """The status line, and what is read."""
        yield StatusBar()
        yield self.panes
        yield Static("Please make the window larger: 24 by 6 at least.", id="room", markup=False)

    @cached_property
    def _checklists(self) -> ChecklistController:
        from ...session.checklists import ChecklistDesk  # noqa: PLC0415 - not before the first page stands
        from ..controllers.checklist import ChecklistController  # noqa: PLC0415 - likewise

        desk = ChecklistDesk(self._handbook, self._pages, self._visit.diary)
        return ChecklistController(desk, self._thread, self._keys)

    @cached_property
    def _side_screens(self) -> SideScreens:
        from ..controllers.side_screens import SideScreens  # noqa: PLC0415 - opened on demand

        visit = self._visit
        return SideScreens(self._handbook, self._pages, self._checklists, visit, self._keys)

    def on_mount(self) -> None:
        """Open the book at the place asked for, where it was left, or at its first page."""
        self.watch(self.panes, "listing", self._list_or_text, init=False)
        self.watch(self.panes.reader, "in_sight", self._note_position, init=False)
        self.panes.contents.read = self._visit.read
        place = self._first_place or self._navigation.first_place
        if place is not None:
            self.open_place(place)
        self._opened = self.trail
        self.show_keys()
        if self._visit.is_there and self._visit.place is None and self._first_place is None:
            self.status.greeting = (f"{self._handbook.title}.", self._book_keys.ways_in)
        if self._visit.place is None and self._handbook.notes:
            self.say("; ".join(self._handbook.notes))
        self.call_after_refresh(self.set_timer, BEGIN_AFTER, self._begin)
        if self._first_action:
            self.call_after_refresh(self.run_action, self._first_action)

    def on_screen_suspend(self) -> None:
        """Leave it to the screen above to look for what others have saved."""
        if self.panes.listing:
            self._looking.pause()

    def on_screen_resume(self) -> None:
        """Look again, if a list shows, and give it what was typed for it."""
        if self.panes.listing:
            self._looking.resume()
        self._pass_on_typed()

    def watch_focused(self) -> None:
        """Another pane has the keys."""
        if self.is_mounted and self.focused is not None:
            self.show_keys()

    def _list_or_text(self) -> None:
        """Look at what others save only while a list shows."""
        if self.panes.listing:
            self.watch(self.panes.checklist, "cursor", self._note_position, init=False)
            self._looking.resume()
        else:
            self._looking.pause()

    def on_checklist_view_link_followed(self, message: ChecklistView.LinkFollowed) -> None:
        """Follow a link on the list."""
        self.follow(message.link)

    def on_checklist_view_refused(self, message: ChecklistView.Refused) -> None:
        """Say why a key of the list did nothing."""
        self.refuse(message.why)

    def on_checklist_view_wished(self, message: ChecklistView.Wished) -> None:
        """Do what the reader wants of an item, or of the list."""
        listed, row = self.panes.checklist.listed, message.row
        if listed is None:
            return
        if message.wish == "tick" and row is not None:
            self.save(self._checklists.toggle(listed, row))
        else:
            self._converse(self._checklists.change(listed, message))

    @on(ContentsTree.SectionChosen)
    def _open_chosen(self, message: ContentsTree.SectionChosen) -> None:
        self.panes.leave_contents()
        self.open_place(Place(message.section.id))

    @on(Outline.HeadingChosen)
    def _open_heading(self, message: Outline.HeadingChosen) -> None:
        self.open_place(Place(self.section, message.block))

    @on(Reader.PageEnded)
    def _read_on(self) -> None:
        self.action_next_section()

    def do(self, answer: Response) -> None:
        """Do what a controller has answered."""
        match answer:
            case Say(words):
                self.say(words)
            case Warn(words):
                self.warn(words)
            case OpenPlace(place, said, item):
                self.open_place(place, item)
                if said:
                    self.say(said)
            case FollowLink(link):
                self.follow(link)
            case OpenAddress(address):
                self.post_message(AddressFollowed(address))
            case ShowMatches():
                self._show_matches(answer)
            case RunAction(name):
                self.call_next(self.run_action, name)
            case DiaryAct():
                self.save(answer)
            case _:
                pass

    def save(self, act: DiaryAct) -> None:
        """Change the diary, and show what changed; every act of this screen passes here."""
        asked = self._checklists.save(act)
        if not self._thread.when_done(asked, lambda outcome: self._show_outcome(outcome, act)):
            self.show_lists()
        if act.then is not None:
            self.do(act.then)

    def follow(self, link: Link) -> None:
        """Go where a link leads."""
        self.do(self._navigation.target(link, self.section))

    def open_place(self, place: Place, item: str = "") -> None:
        """Go on to a place in the book; on a list, to the item with this reference."""
        self._go_along(self._trail_here().visit(place))
        if item and self.panes.listing:
            self.panes.checklist.choose(item)

    def show_lists(self, chosen: str = "") -> None:
        """Show the lists as they were last read, and what is still to be said.

        Args:
            chosen: The reference of the item to choose.
        """
        if not self.query(ContentsTree):
            return  # the screen is being closed, from the inside out
        section = self._handbook.by_id.get(self.section)
        if section is not None:
            listed = self._list_on(section)
            if self.panes.listing:
                self.panes.checklist.listed = listed
                self.panes.checklist.choose(chosen)
                self._note_position()
            elif listed is not None:
                self.say("")
                self._show(section, Place(section.id))
        self.panes.contents.counts = self._checklists.counts
        self._show_state()
        self._pass_on_typed()

    def take_up(self) -> None:
        """Go on where the reader left the book, now that it is known, unless they have moved meanwhile."""
        opened = self._opened
        moved = self._first_place is not None or self._trail_here() != opened
        self._visit.take_up(moved=moved)
        self.panes.contents.read = self._visit.read
        self.panes.beside = self._visit.contents_shown
        place = self._navigation.first_place
        if not moved and place is not None:
            self.trail = History()
            self.open_place(place)
        self.read_lists()

    def read_lists(self) -> None:
        """Read all lists again, and show them."""
        self._thread.when_done(self._checklists.look(), self._show_outcome)

    def save_place(self) -> None:
        """Keep where the reader is, and have saved what was gathered."""
        self._saving = None
        here = self._trail_here().here
        if here is not None:
            self._visit.keep_place(here)
        saving = self._visit.save()
        if saving is not None:
            self._thread.when_done(saving, self._note_refusal, soon=False)

    def _note_refusal(self, error: DiaryError | None) -> None:
        """Say what has happened to the diary, where not even the place can be saved."""
        if error is not None:
            self._look_again()

    def show_keys(self) -> None:
        """Show the keys that matter now, and which pane has them."""
        super().show_keys()
        self.mark_pane(*self.panes.in_sight)

    def footer(self) -> Iterable[Key]:
        """The keys of the pane that has them, those that work now."""
        return self._book_keys.footer(self.panes.footer, self._offered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Dim what cannot work now, and hide what this book does not have."""
        return self._offered.get(action, True)

    @property
    def elsewhere(self) -> Iterable[str]:
        """The pane that shows comes before one that does not."""
        return ("checklist" if self.panes.listing else "text",)

    def way_to(self, where: str) -> str:
        """The key to the other pane, or to the list."""
        return self._book_keys.way_to(where, (*self.elsewhere, "contents"))

    def action_next_section(self) -> None:
        """Open the next page of the book."""
        self.do(self._navigation.neighbor(self.section, 1))

    def action_previous_section(self) -> None:
        """Open the page before."""
        self.do(self._navigation.neighbor(self.section, -1))

    def action_back(self) -> None:
        """Go back to where the reader was before."""
        self._go_along(self._trail_here().back())

    def action_forward(self) -> None:
        """Go forward again."""
        self._go_along(self._trail_here().forward())

    def action_bookmark(self) -> None:
        """Bookmark this page, or remove its bookmark."""
        self.do(self._navigation.bookmark(self.section))

    def action_bookmarks(self) -> None:
        """Choose one of the bookmarks."""
        self._converse(self._navigation.bookmarks())

    def action_headings(self) -> None:
        """Choose one of the headings of this page."""
        if not self.panes.listing:
            self._converse(self._navigation.headings(self.section, self.panes.reader.heading))

    def action_red_flags(self) -> None:
        """Show the red flags."""
        self._converse(self._side_screens.red_flags())

    def action_search(self) -> None:
        """Search the handbook."""
        self._finder = None
        self._converse(self._searching.search())

    def search_for(self, words: str) -> None:
        """Search the whole book for words that were looked for on its page."""
        self._converse(self._searching.search(words))

    def action_next_match(self) -> None:
        """Go to the next match of the last search, or the next place on this page that was found."""
        if self.found_still():
            super().action_next_match()
            return
        self.do(self._searching.next_match(self.section))

    def action_previous_match(self) -> None:
        """Go to the match before."""
        if self.found_still():
            super().action_previous_match()
            return
        self.do(self._searching.previous_match(self.section))

    def action_self_check(self) -> None:
        """Ask why the back is sore."""
        self._converse(self._then_lists(self._side_screens.self_check()))

    def action_body_map(self) -> None:
        """Look at the body map."""
        self._converse(self._side_screens.body_map())

    def action_start_routine(self) -> None:
        """Do the routine of this page, item or link. Never beside a sign of danger."""
        from ...session.startable import Here  # noqa: PLC0415 - not before the first page stands

        if self.status.danger[1]:
            self.say("No exercise beside a sign of danger: read this first")
            return
        row, listing = self.panes.row, self.panes.listing
        page = self._pages.or_explanation(self._handbook.by_id[self.section])
        link = None if listing else self.panes.reader.chosen_link
        here = Here(page, link, row.item if row else None)
        self._converse(self._then_lists(self._side_screens.routines.from_here(here)))

    def action_diary(self) -> None:
        """Look back on past runs."""
        self._converse(self._then_lists(self._side_screens.diary()))

    def _open_run(self, run: str) -> Conversation[Response]:
        return (yield from self._then_lists(self._side_screens.diary(run)))

    def action_palette(self) -> None:
        """Choose a command or a page by name."""
        danger = self.status.danger[1] or self.section == self._handbook.roles.red_flags
        palette = self._side_screens.palette(self._book_keys.working, may_start=not danger)
        self._converse(self._then_lists(palette))

    def action_copy_paragraph(self) -> None:
        """Copy the paragraph that the reader is at."""
        if self.section:
            self.post_message(CopyRequested(self.panes.shown.passage, "paragraph"))

    def action_copy_section(self) -> None:
        """Copy the page, as `runtall read` prints it."""
        section = self._handbook.get(self.section)
        if section is not None:
            lines = typeset(self._pages.or_explanation(section), MEASURE, fenced=True).lines
            text = "\n".join(line.text.rstrip() for line in lines)
            self.post_message(CopyRequested(text, Path(section.id).name))

    def action_next_pane(self) -> None:
        """Give the keys to the other pane; where the text is covered, show the contents first."""
        self.panes.swap()

    def action_previous_pane(self) -> None:
        """Give the keys to the other pane."""
        self.panes.swap()

    def action_toggle_contents(self) -> None:
        """Show or hide the contents; the same sentence stays on top."""
        before = self.panes.beside
        self.panes.toggle_contents()
        if self.panes.beside is not before:
            self._visit.keep_contents_shown(self.panes.beside)
            self.show_keys()

    def action_checklist(self) -> None:
        """Go to the checklist, or from a list back to the text."""
        lists = [self._handbook.roles.checklist]
        sections = self._checklists.desk.texts if self.panes.listing else lists
        self.do(self._navigation.latest(self._trail_here(), sections))

    def action_reason(self) -> None:
        """Open the reason of the chosen item, or choose one of the items that rest on this page."""
        if self.panes.listing:
            self.do(self._checklists.open_reason(self.panes.row))
        elif self.section:
            self._converse(self._checklists.choose_item_about(self.section))

    def action_finish(self) -> None:
        """File this run and start afresh."""
        self._converse(self._checklists.finish())

    def action_soreness(self) -> None:
        """Note how sore the back is."""
        self._converse(self._checklists.record_latest_soreness())

    def action_seen(self) -> None:
        """Say no longer what happened to the diary."""
        self.do(self._checklists.dismiss())

    def action_try_item(self) -> None:
        """Try the chosen item in pairs of runs, or end what is tried."""
        self._converse(self._checklists.try_item(self.panes.row, self.section))

    def action_undo(self) -> None:
        """Undo the last act."""
        self.save(self._checklists.undo())

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.save(self._checklists.redo())

    def action_help(self) -> None:
        """Explain the pane that has the keys."""
        pane, missing = self.panes.in_sight[0], self._book_keys.missing
        self.post_message(HelpRequested(pane.HELP, self.panes.with_keys, missing))

    def action_close(self) -> None:
        """Close what is open; never quits."""
        self.panes.reader.chosen = None
        self._searching.clear()
        self._found = None
        self.panes.reader.marks = ()
        self._note_position()
        self.panes.leave_contents()

    def action_quit(self) -> None:
        """Close what is open, else quit."""
        if self.panes.over:
            self.panes.leave_contents()
        else:
            self.app.exit()

    @cached_property
    def _looking(self) -> Timer:
        return self.set_interval(LOOK_AGAIN_AFTER, self._look_again, pause=True)

    def _converse(self, conversation: Conversation[Response]) -> None:
        converse(self.app, conversation, self.do)

    def _then_lists(self, conversation: Conversation[Response]) -> Conversation[Response]:
        """Let the reader act elsewhere; what was changed there shows on the lists."""
        answer = yield from conversation
        self.read_lists()
        return answer

    def _begin(self) -> None:
        """Begin what can wait until the first page stands."""
        looking = self._checklists.look_through()
        self._thread.when_done(looking, self._show_first, soon=False)
        self.run_worker(self._searching.fill_index())

    def _show_first(self, outcome: Outcome) -> None:
        """Show what the diary has; say what is next, or what was half typed when the line dropped."""
        for bar in self.query(StatusBar):
            self._show_outcome(replace(outcome, said="" if bar.said else outcome.said))
        names = self._visit.diary.drafts.names
        if names:
            from ..controllers.drafts import half_typed_words  # noqa: PLC0415 - seldom needed

            self.say(half_typed_words(names, self._keys))

    def _look_again(self) -> None:
        """Show what another session has saved since this was last called."""
        looking = self._checklists.look_for_changes()
        self._thread.when_done(looking, self._show_outcome, soon=False)

    def _take(self, outcome: Outcome, act: DiaryAct | None = None) -> None:
        """Take note of what came of an act, or of a look at the diary."""
        warning = self._checklists.take(outcome, act)
        if warning is not None:
            self.warn(warning)

    def _show_outcome(self, outcome: Outcome, act: DiaryAct | None = None) -> None:
        """Show what came of an act, or of a look at the diary."""
        self._take(outcome, act)
        self.show_lists(outcome.chosen)
        if outcome.said:
            self.say(outcome.said)

    def _show_state(self) -> None:
        """Say what happened to the diary, and whether something is being saved."""
        self.status.notice = self._checklists.notice
        self.status.saving = self._thread.is_saving

    def _list_on(self, section: Section) -> TickedList | None:
        """The list on a page; None where there is none, or none that can be shown: that is said."""
        listed = self._checklists.list_on(section)
        if isinstance(listed, Say | Warn):
            self.do(listed)
            return None
        return listed

    def _trail_here(self) -> History:
        """The trail with the line that is on top now."""
        if not self.section:
            return self.trail
        return self.trail.moved(Place(self.section, *self.panes.shown.place))

    def watch_trail(self, trail: History) -> None:
        """Know which ways are open from here."""
        self._offered = self._book_keys.offered(trail)

    def _go_along(self, trail: History) -> None:
        """Show where a trail has come to."""
        self.trail = trail
        here = trail.here
        section = self._handbook.get(here.section) if here else None
        if section is not None and here is not None:
            self.section = section.id
            self._page_number = self._navigation.page_number(section.id)
            self._show(section, here)

    def _show(self, section: Section, place: Place) -> None:
        """Show a place of the book; a list as a list."""
        self._found = self._searching.matches_on(section.id)
        stays_in_contents = self.panes.in_contents and not self.panes.over
        listed = None
        if self._typed_ahead is not None:
            self._typed_ahead.leave()
        if section.kind is Kind.CHECKLIST:
            self._read_list(section.id)
            listed = self._list_on(section)
            if listed is None:
                self._await_list(section)
        if listed is None:
            page = self._pages.or_explanation(section)
            self.panes.show_text(page, place, self._found)
            self.do(self._navigation.note_on(page))
        else:
            self.panes.show_list(self._pages[section], listed, place.block)
            self.call_later(self._converse, self._checklists.ask_to_go_on(listed))
        self.status.danger = self._searching.danger_on(section.id)
        self._note_position()
        self.panes.contents.here = section.id
        if not stays_in_contents:
            self.panes.leave_contents()
        self._pass_on_typed()

    def _read_list(self, list_id: str) -> None:
        """Have a list read again; what takes more than a moment is shown later."""
        asked = self._checklists.look(list_id)
        if self._visit.is_there and not self.is_mounted:
            # What the first look needs is yet to be loaded, which is no matter of the disk.
            self._thread.is_soon_done(asked, FIRST_LOOK)
        if not self._thread.when_done(asked, self._take):
            self._thread.when_done(asked, self._show_outcome)

    def _await_list(self, section: Section) -> None:
        """Hold what is typed for a list while only its page shows, if the diary may still give it."""
        queue = queue_of(self.app)
        if queue is None or not self._may_come(self._checklists.list_on(section)):
            return
        if self._typed_ahead is None:
            from ..controllers.typed_ahead import TypedAhead  # noqa: PLC0415 - seldom needed

            self._typed_ahead = TypedAhead(self, queue, self._keys, self.say)
        self._typed_ahead.await_list(section.id)

    @property
    def not_done(self) -> str:
        """Says which keys still wait for a list; empty where none do."""
        return self._typed_ahead.not_done if self._typed_ahead is not None else ""

    def _pass_on_typed(self) -> None:
        """Give a list what was typed for it, once it stands; say so where it never will."""
        if self._typed_ahead is None or not self._typed_ahead.list_id:
            return
        section = self._handbook.by_id[self._typed_ahead.list_id]
        listed = self._checklists.list_on(section)
        if self._may_come(listed):
            return
        if self.section != section.id or isinstance(listed, Warn):
            ticks = None if isinstance(listed, Warn) else partial(self._tick_number, section)
            self._typed_ahead.end(ticks)
        elif self.panes.listing and self.is_active:
            self._typed_ahead.pass_on()

    def _may_come(self, listed: TickedList | Say | Warn | None) -> bool:
        """Whether the diary may still give a list, be it that it is asked again and again."""
        return isinstance(listed, Say) or (isinstance(listed, Warn) and not self._visit.is_there)

    def _tick_number(self, section: Section, number: int) -> None:
        """Tick a row of a list that may not show, by its number from 0."""
        listed = self._list_on(section)
        if listed is not None and number < len(listed.shown):
            self.save(self._checklists.toggle(listed, listed.shown[number]))

    def _show_matches(self, answer: ShowMatches) -> None:
        """Open the page, mark the matches on it, and go to the one at hand."""
        if answer.place is not None:
            self.open_place(answer.place)
        self._found = answer.matches
        self.panes.show_matches(answer.matches)
        self._note_position()
        if answer.said:
            self.say(answer.said)

    def _note_position(self) -> None:
        """Say in the status line where the reader is; at the end of a page, mark it as read."""
        if not self.section:
            return
        listed = self.panes.checklist.listed if self.panes.listing else None
        progress = self.panes.reader.progress if listed is None else 100
        self.status.position = position_text(self._page_number, progress, listed, self._found)
        if progress == 100 and self.section not in self._visit.read:
            self.call_after_refresh(self._mark_read, self.section)
        if self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self.save_place)

    def _mark_read(self, section: str) -> None:
        self._visit.mark_read(section)
        self.panes.contents.read = self._visit.read
