"""Tags and text, as Markdown's parser or a page of HTML gives them one by one → blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from .blocks import (
    Block,
    Container,
    Description,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
)
from .hidden_html import HiddenElements
from .safe_text import visible

DEEPEST = 40
"""Levels of nesting that are told apart, two for each list; what lies deeper is running text."""

TAB = 4
"""Characters from one tab stop to the next."""

TagAttributes = Mapping[str, str | int | float | None]
Resolve = Callable[[str], Link | None]
"""An address as a page gives it → where it leads, or None when it is no link."""

_TASK = re.compile(r"\[([ xX])\]\s+")
_STYLES = {
    **dict.fromkeys(("strong", "b"), Style.STRONG),
    **dict.fromkeys(("em", "i", "cite", "var", "dfn"), Style.EMPHASIS),
    **dict.fromkeys(("s", "del", "strike"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), Style.CODE),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = ("td", "th")
_CONTAINERS = frozenset(
    {"blockquote", "ul", "ol", "li", "dl", "dt", "dd", "aside", "div", "section"}
)
_BREAKING = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr legend li listing main nav ol optgroup option p
    pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a list of quoted words would fill a page
)
"""Tags at which a paragraph ends."""
_BOXES = frozenset({"warning", "note"})
"""Classes of what stands apart from the text, as a quote does."""
_ENDED_BY = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
"""Elements that end where the next of their list begins, closed or not."""
_UNSAFE = re.compile(r"\s*(?:javascript|vbscript|file|data):", re.IGNORECASE)


class _Element:
    """An element that is open and stands around blocks."""

    def __init__(self, tag: str, depth: int, number: int | None) -> None:
        self.tag = tag
        self.depth = depth
        """How many containers stand around it."""
        self.number = number
        """Of a numbered list, the number of its next item."""


class BlockBuilder:
    """Gathers a page's blocks; it takes tags in any order, closed or not."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self.blocks: list[Block] = []
        self.comments: list[str] = []
        """Those that stand between blocks."""
        self.anchors: dict[str, int] = {}
        """The names that links lead to, each with the number of the block that it stands in."""
        self._inside: list[Container] = []
        self._elements: list[_Element] = []
        self._open: Counter[str] = Counter()
        self._spans: list[Span] = []
        self._own_comments: list[str] = []
        self._styles: list[str] = []
        self._link: Link | None = None
        self._level = 0
        """Of the heading that is open; 0 where none is."""
        self._rows: list[tuple[tuple[Span, ...], ...]] | None = None
        self._cells: list[tuple[Span, ...]] = []
        self._in_cell = False
        self._aligned: list[str] = []
        self._captions: list[str] = []
        """What stands below each listing that is open."""
        self._named = False
        """Whether the author gave the heading that is open a name for links."""
        self._hidden = HiddenElements(_BREAKING)

    def open(self, tag: str, attributes: TagAttributes = {}) -> None:  # noqa: B006 - never changed
        """Take an opening tag, or one that needs no closing."""
        if tag in _BREAKING:
            self.end_paragraph()
        if self._hidden.takes(tag, attributes):
            return
        if tag == "p":
            self._loosen()
        if tag == "figcaption" or attributes.get("class") == "blockquote-tag-title":
            self._styles.append("em" if tag == "figcaption" else "strong")
        self._take_anchors(tag, attributes)
        if tag in _CONTAINERS:
            self._open_container(tag, attributes)
        elif tag in _STYLES:
            self._styles.append(tag)
        elif tag in _HEADINGS:
            self._level, self._named = _HEADINGS[tag], bool(attributes.get("id"))
        else:
            opener = _OPENERS.get(tag)
            if opener is not None:
                opener(self, attributes)

    def close(self, tag: str) -> None:
        """Take a closing tag; one without its opening tag means nothing."""
        if tag in _BREAKING:
            self.end_paragraph()
        if self._hidden.close(tag):
            return
        if tag in _CONTAINERS:
            self._close_container(tag)
        elif tag in self._styles:
            self._styles.remove(tag)
        elif tag == "a":
            self._link = None
        else:
            closer = _CLOSERS.get(tag)
            if closer is not None:
                closer(self)

    def text(self, text: str, style: Style = Style.PLAIN, link: Link | None = None) -> None:
        """Take running text; a line break is a newline."""
        if text and not self._hidden.open:
            for tag in self._styles:
                style |= _STYLES[tag]
            self._spans.append(Span(made_visible(text), style, link or self._link))

    def words(self, text: str) -> None:
        """Take running text of HTML, where any spaces and line breaks stand for one space."""
        words = " ".join(text.split())
        before = self._spans[-1].text if self._spans else "\n"
        if text[:1].isspace() and not before.endswith((" ", "\n")):
            words = f" {words}"
        if words.strip() and text[-1:].isspace():
            words = f"{words} "
        self.text(words)

    def link_to(self, address: str) -> Link | None:
        """The link with this address, unless it is none to follow."""
        return None if _UNSAFE.match(address) else self._resolve(address)

    def _take_anchors(self, tag: str, attributes: TagAttributes) -> None:
        for name in ("id", "name") if tag == "a" else ("id",):
            if attributes.get(name):
                self.anchors.setdefault(str(attributes[name]), len(self.blocks))

    @property
    def takes_name(self) -> bool:
        """Whether a heading or a term is open, which its author may give a name."""
        return self._level > 0 or self._term is not None

    def name(self, name: str) -> None:
        """Give the heading or the term that is open a name for links, in place of its words."""
        self.anchors.setdefault(name, len(self.blocks))
        if self._term is not None:
            self._inside[-1] = self._term._replace(named=True)
        self._named = self._level > 0

    @property
    def _term(self) -> Description | None:
        inner = self._inside[-1] if self._inside else None
        return inner if isinstance(inner, Description) and inner.term else None

    def note(self, text: str) -> None:
        """Take a comment that stands within the running text."""
        self._own_comments.append(text.strip())

    def add(self, block: Block) -> None:
        """Take a whole block; it stands where the builder is."""
        if self._hidden.open:
            return
        self.end_paragraph()
        if self._rows is not None:
            self.text(" ".join(block.text.split()))
        else:
            self.blocks.append(block._replace(inside=self._place()))

    def finish(self) -> tuple[Block, ...]:
        """All blocks of the page."""
        self.end_paragraph()
        self._close_table()
        return tuple(self.blocks)

    def end_paragraph(self) -> None:
        """End the running text; what no tag has ended may go no further."""
        if self._rows is not None:
            if self._spans and not self._spans[-1].text.endswith(" "):
                self.text(" ")
            return
        self._styles.clear()
        self._link = None
        if not self._spans and not self._own_comments:
            self._level = 0
            return
        spans, comments = _trimmed(tuple(_merged(self._spans))), tuple(self._own_comments)
        self._spans, self._own_comments = [], []
        if self._level:
            if spans:
                self.blocks.append(Heading(self._level, spans, self._place(), self._named))
            self._level = 0
        elif spans or comments:
            self.blocks.append(self._paragraph(spans, comments))

    def _loosen(self) -> None:
        """A visible paragraph in an item means that the author parted the items by blank lines."""
        item = self._inside[-1] if self._inside else None
        if isinstance(item, ListItem):
            self._inside[-1] = item._replace(tight=False)

    def _paragraph(self, spans: tuple[Span, ...], comments: tuple[str, ...]) -> Paragraph:
        item = self._inside[-1] if self._inside else None
        task = _TASK.match(spans[0].text) if spans else None
        if task and isinstance(item, ListItem) and item.opens and item.marker == "-":
            self._inside[-1] = item._replace(marker=f"[{task[1].lower()}]")
            first = spans[0]._replace(text=spans[0].text[task.end() :])
            spans = (first, *spans[1:]) if first.text else spans[1:]
        if isinstance(item, Description) and item.term:
            spans = tuple(each._replace(style=each.style | Style.STRONG) for each in spans)
        return Paragraph(spans, self._place(), comments)

    def _open_container(self, tag: str, attributes: TagAttributes) -> None:
        enders = _ENDED_BY.get(tag, ())
        if self._elements and self._elements[-1].tag in enders:
            self._close_container(self._elements[-1].tag)
        start = str(attributes.get("start", 1))
        number = int(start) if re.fullmatch(r"-?[0-9]{1,9}", start) else 1
        inner = _Element(tag, len(self._inside), number if tag == "ol" else None)
        container = self._container(tag, attributes)
        if container is not None and len(self._elements) < 2 * DEEPEST:
            self._inside.append(container)
        self._elements.append(inner)
        self._open[tag] += 1

    def _container(self, tag: str, attributes: TagAttributes) -> Container | None:
        """What stands around the blocks of an element."""
        if tag in ("blockquote", "aside") or _BOXES & {*str(attributes.get("class")).split()}:
            return Quote()
        if tag in ("dt", "dd"):
            return Description(tag == "dt", opens=True, named=bool(attributes.get("id")))
        if tag != "li":
            return None
        given = attributes.get("marker")
        around = self._elements[-1] if self._elements else None
        if given is not None or around is None or around.number is None:
            return ListItem(str(given or "-"), opens=True, tight=True)
        around.number += 1
        return ListItem(f"{around.number - 1}.", opens=True, tight=True)

    def _close_container(self, tag: str) -> None:
        """Close the innermost element with this tag, and all that is open within it."""
        while self._open[tag]:
            element = self._elements.pop()
            self._open[element.tag] -= 1
            del self._inside[element.depth :]
            if element.tag == tag:
                return

    def _open_link(self, attributes: TagAttributes) -> None:
        address = attributes.get("href")
        if address and "header" not in str(attributes.get("class") or "").split():
            self._link = self.link_to(str(address))

    def _break_line(self, _: TagAttributes) -> None:
        self.text("\n")

    def _open_rule(self, _: TagAttributes) -> None:
        self.add(Rule())

    def _open_image(self, attributes: TagAttributes) -> None:
        self.text(picture(str(attributes.get("alt") or ""), str(attributes.get("src") or "")))

    def _open_box(self, attributes: TagAttributes) -> None:
        """A checkbox is shown as Markdown has it."""
        if attributes.get("type") == "checkbox":
            self.text("[x] " if "checked" in attributes else "[ ] ")

    def _open_raised(self, attributes: TagAttributes) -> None:
        if "footnote-reference" not in str(attributes.get("class")):
            self.text("^")

    def _open_lowered(self, _: TagAttributes) -> None:
        self.text("_")

    def _open_table(self, _: TagAttributes) -> None:
        self._close_table()
        self._rows, self._cells, self._aligned = [], [], []

    def _open_row(self, _: TagAttributes) -> None:
        self._close_row()

    def _open_cell(self, attributes: TagAttributes) -> None:
        self._close_cell()
        if self._rows is not None and not self._rows:
            said = f"{attributes.get('align')} {attributes.get('style')}"
            self._aligned.append(next((each for each in ("right", "center") if each in said), ""))
        self._in_cell = True

    def _close_cell(self) -> None:
        if self._in_cell:
            spans = [s._replace(text=s.text.replace("\n", " ")) for s in self._spans]
            self._cells.append(_trimmed(tuple(_merged(spans))))
        self._spans, self._in_cell, self._link = [], False, None
        self._styles.clear()

    def _close_row(self) -> None:
        self._close_cell()
        if self._rows is not None and self._cells:
            self._rows.append(tuple(self._cells))
        self._cells = []

    def _close_table(self) -> None:
        self._close_row()
        rows, self._rows = self._rows, None
        if rows:
            aligned = tuple(self._aligned) if any(self._aligned) else ()
            self.blocks.append(Table(tuple(rows), self._place(), aligned))

    def _open_listing(self, attributes: TagAttributes) -> None:
        """A listing of the Rust books: the name of its file above it, number and caption below."""
        number, caption = attributes.get("number"), attributes.get("caption")
        name = f"Listing {number}" if number else ""
        self._captions.append(": ".join(str(each) for each in (name, caption) if each))
        if attributes.get("file-name"):
            self.text(f"Filename: {attributes['file-name']}")
            self.end_paragraph()

    def _close_listing(self) -> None:
        if self._captions:
            self.text(self._captions.pop().replace("`", ""), Style.EMPHASIS)
            self.end_paragraph()

    def _place(self) -> tuple[Container, ...]:
        """The containers as they stand for the block being added; later blocks open no item."""
        place = tuple(self._inside)
        self._inside = [
            each if isinstance(each, Quote) else each._replace(opens=False) for each in place
        ]
        return place


_OPENERS: dict[str, Callable[[BlockBuilder, TagAttributes], None]] = {
    "a": BlockBuilder._open_link,
    "br": BlockBuilder._break_line,
    "hr": BlockBuilder._open_rule,
    "img": BlockBuilder._open_image,
    "input": BlockBuilder._open_box,
    "sup": BlockBuilder._open_raised,
    "sub": BlockBuilder._open_lowered,
    "table": BlockBuilder._open_table,
    "tr": BlockBuilder._open_row,
    **dict.fromkeys(_CELLS, BlockBuilder._open_cell),
    "listing": BlockBuilder._open_listing,
}
_CLOSERS: dict[str, Callable[[BlockBuilder], None]] = {
    "table": BlockBuilder._close_table,
    "tr": BlockBuilder._close_row,
    **dict.fromkeys(_CELLS, BlockBuilder._close_cell),
    "listing": BlockBuilder._close_listing,
}


def made_visible(text: str) -> str:
    """Text as it is shown, where nothing may be hidden in it; a tab stop is as wide as usual."""
    return visible(text.expandtabs(TAB))


def picture(alternative: str, address: str) -> str:
    """What is shown for an image: what it shows, as its author says it, and where it lies."""
    alternative = " ".join(alternative.split())
    where = "" if _UNSAFE.match(address) else address
    both = f"{alternative} ({where})" if alternative and where else alternative or where
    return f"[picture: {both}]" if both else ""


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbors that look alike as one span, so that words are not cut by the parser's pieces."""
    if len(spans) == 1:
        yield spans[0]
        return
    for (style, _), alike in groupby(spans, lambda span: (span.style, id(span.link))):
        pieces = list(alike)
        yield Span("".join(piece.text for piece in pieces), style, pieces[0].link)


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without the spaces at the end that a comment there leaves behind, nor any at the beginning."""
    while spans and not spans[-1].text.rstrip():
        spans = spans[:-1]
    if spans:
        spans = (*spans[:-1], spans[-1]._replace(text=spans[-1].text.rstrip()))
    while spans and not spans[0].text.lstrip(" \n"):
        spans = spans[1:]
    if spans and spans[0].text[0] in " \n":
        spans = (spans[0]._replace(text=spans[0].text.lstrip(" \n")), *spans[1:])
    return spans
