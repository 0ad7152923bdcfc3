"""Text of others is shown in boxes to write in, and above them, without doing anything."""

from __future__ import annotations

from textual.events import Paste

from tests.pty.sequences import unsafe
from tests.ui.reading import OpenBook
from tui.ui.screens.dialogs import FormLine, FormScreen
from tui.ui.widgets.field import Field

EVIL = "a\x1b[2Jb\u202ec\x9bd\x00e\u2066f\tg\x7fh[/x][@click=app.quit]i"


async def test_asking(open_book: OpenBook) -> None:
    """A title, a question, an answer that stands there and a refusal are all shown safely."""
    async with open_book() as reading:
        question = FormLine(EVIL, EVIL, problem=lambda _: f"no: {EVIL}")
        reading.app.push_screen(FormScreen(EVIL, question))
        await reading.press("enter")
        assert unsafe(reading.screen.encode()) == []
        assert "no: a^[[2Jb<U+202E>c" in reading.screen


async def test_writing(open_book: OpenBook) -> None:
    """What is pasted, also over a selection, stands as text, a blank for each unsafe character."""
    async with open_book() as reading:
        reading.app.push_screen(FormScreen("Title", FormLine("Words", "old")))
        await reading.pilot.pause()
        field = reading.app.screen.query_one(Field)
        for _ in range(2):
            field.post_message(Paste(EVIL))
            await reading.press("shift+home")
            assert field.value == "olda [2Jb c d e f g h[/x][@click=app.quit]i"
            field.value = "old"
            field.action_end()
        field.select_all()
        field.post_message(Paste(EVIL))
        await reading.pilot.pause()
        assert field.value == "a [2Jb c d e f g h[/x][@click=app.quit]i"
