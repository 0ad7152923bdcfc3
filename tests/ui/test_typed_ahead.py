"""One key at a time, even where the widget that a key went to is gone."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from tui.ui.key_queue import KeyQueue


class Short(Widget, can_focus=True):
    """Closes as soon as a key comes, with all that waits in its queue."""

    def on_key(self) -> None:
        """Close."""
        self._closed = True


class Listening(App[None]):
    """Hands on one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.key_queue = KeyQueue(self, super().on_event)

    def compose(self) -> ComposeResult:
        yield Short()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.key_queue.put(event)
        else:
            await super().on_event(event)


async def test_a_key_whose_way_is_lost() -> None:
    """The next keys go on after a second, in their order."""
    app = Listening()
    sent: list[str] = []
    async with app.run_test() as pilot:
        send = app.key_queue._send

        async def note(event: events.Event) -> None:
            """Write down which key is sent."""
            assert isinstance(event, events.Key)
            sent.append(event.key)
            await send(event)

        app.key_queue._send = note
        app.query_one(Short).focus()
        await pilot.pause()
        for key in "abc":
            app.post_message(events.Key(key, key))
        async with asyncio.timeout(10):
            while sent != ["a", "b", "c"]:
                await pilot.pause(0.01)
