"""Every screen of the handbook is the same with the thin driver as with Textual's own output."""

from __future__ import annotations

from pathlib import Path

from tests.pty.handbook import Handbook
from tests.terminal.frames import cursor, looks

HAS_AN_ID_OF_ITS_OWN = {"a past run"}
SIZES = ((60, 15), (120, 30), (80, 24))


def seen(handbook: Handbook) -> tuple[object, ...]:
    """All that a person sees: cells with their attributes, and the cursor."""
    return looks(handbook.screen), cursor(handbook.screen)


def test_every_screen_and_size(tmp_path: Path) -> None:
    """On the way through every screen, and through several sizes at its end, both show the same."""
    with (
        Handbook("--driver", "full", "--data", str(tmp_path / "full")) as full,
        Handbook("--data", str(tmp_path / "thin")) as thin,
    ):
        for name, _ in zip(full.tour(), thin.tour(), strict=True):
            if name not in HAS_AN_ID_OF_ITS_OWN:
                assert seen(thin) == seen(full), name
        assert len(thin.output) < len(full.output) / 2
        for size in SIZES:
            for handbook in (full, thin):
                handbook.resize(*size)
                handbook.rest()
            assert seen(thin) == seen(full), size
