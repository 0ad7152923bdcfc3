"""Figures: a drawing where it can be shown, and its caption everywhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.small_book import blocks_of, book, page_of
from tui.cli.output import Output
from tui.handbook.blocks import Figure
from tui.handbook.errors import ContentError
from tui.handbook.loading import Pages
from tui.layout.typesetting import Role, typeset
from tui.search.extraction import entries_of

PAGE = """# One

```figure
Two ways to stand: tall,
and bent.

tall

  O
  |
---
bent

 O
  \\
```

After it.
"""
CAPTION = "Two ways to stand: tall, and bent."


def shown(folder: Path, width: int) -> list[str]:
    """The lines of the page at a width."""
    return [
        line.text for line in typeset(page_of(book(folder, {"one.md": PAGE}), "one"), width).lines
    ]


def test_a_figure_is_a_caption_and_poses(tmp_path: Path) -> None:
    """The caption is what the block says in words; each pose keeps its lines."""
    figure = blocks_of(tmp_path, PAGE)[1]
    assert figure == Figure(CAPTION, ("tall\n\n  O\n  |", "bent\n\n O\n  \\"))
    assert figure.text == CAPTION


def test_poses_stand_side_by_side(tmp_path: Path) -> None:
    """Where there is room the poses are compared at a glance, and the caption stands below."""
    assert shown(tmp_path, 40)[2:8] == [
        "tall    bent",
        "",
        "  O      O",
        "  |       \\",
        "",
        CAPTION,
    ]


def test_poses_stand_one_above_the_other(tmp_path: Path) -> None:
    """On a narrow terminal no pose is cut; they follow each other."""
    assert shown(tmp_path, 10)[2:11] == ["tall", "", "  O", "  |", "", "bent", "", " O", "  \\"]


def test_the_caption_can_be_found(tmp_path: Path) -> None:
    """The drawing's lines lead to the figure, and the caption's to its own characters."""
    lines = typeset(page_of(book(tmp_path, {"one.md": PAGE}), "one"), 20).lines
    captions = [line for line in lines if line.block == 1 and line.role is Role.BODY]
    assert len(captions) > 1
    assert [line for line in captions if not CAPTION[line.start :].startswith(line.text)] == []


@pytest.mark.parametrize(("ascii_only", "drawn"), [(False, True), (True, False)])
def test_without_unicode_the_caption_is_all(tmp_path: Path, ascii_only: bool, drawn: bool) -> None:
    """Plain output for a terminal without Unicode tells the caption and leaves out the drawing."""
    stream = io.BytesIO()
    lines = typeset(page_of(book(tmp_path, {"one.md": PAGE}), "one"), 40).lines
    Output(stream, ascii=ascii_only).write_lines(lines)
    assert ("tall    bent" in stream.getvalue().decode()) is drawn
    assert CAPTION in stream.getvalue().decode()


def test_only_the_caption_is_searched(tmp_path: Path) -> None:
    """Strokes are no words: a figure is found by its caption."""
    handbook = book(tmp_path, {"one.md": PAGE})
    entry = next(entries_of(handbook.by_id["one"], PAGE))
    assert entry.body == [CAPTION, "After it."]


@pytest.mark.parametrize(
    "figure",
    ["```figure\n  O\n  |\n```", "```figure\nA caption.\n```", "```figure\n```"],
)
def test_a_figure_without_a_caption(tmp_path: Path, figure: str) -> None:
    """The page says what is wrong with it, where, and what to do; the book still opens."""
    handbook = book(tmp_path, {"one.md": f"# One\n\n{figure}\n"})
    pages = Pages(handbook)
    with pytest.raises(ContentError) as caught:
        pages[handbook.by_id["one"]]
    assert "one.md, line 3: a figure without its caption; begin it with" in str(caught.value)
    assert "cannot be shown" in pages.or_explanation(handbook.by_id["one"]).text
    assert pages[handbook.by_id["two"]].text.startswith("Two")
