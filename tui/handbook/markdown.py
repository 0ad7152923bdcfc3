"""A page's Markdown → blocks with inline spans; raw HTML shows as its text, comments as nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING

from .blocks import (
    Block,
    Container,
    Figure,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Style,
    Table,
)
from .hidden_html import split_at_comments, without_hidden
from .safe_text import unescaped, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

DEEPEST = 40
"""Levels of nesting that are told apart, two for each list; what lies deeper is running text."""
TAB = 4
"""Characters from one tab stop to the next."""

InlineRule = Callable[["StateInline", bool], bool]
"""A rule of the parser: it takes what stands at the state's place, or says that it does not."""
Resolve = Callable[[str], Link | None]
"""An address as a page gives it → where it leads, or None when it leads nowhere."""

_FIGURE = "figure"
"""The language of a fenced block that is a figure: caption, blank line, poses parted by `---`."""

_BETWEEN_POSES = re.compile(r"^---$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_BRACKET = re.compile(r"[][]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\]\s+")
_STYLES = {
    "strong": Style.STRONG,
    "em": Style.EMPHASIS,
    "s": Style.STRIKE,
}


def parse(text: str, resolve: Resolve) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a page, and the comments that stand between them.

    Raises:
        FigureError: a figure lacks its caption or its drawing.
    """
    walk = _Walk(resolve)
    for token in _parser().parse(text):
        walk.take(token)
    return tuple(walk.blocks), tuple(walk.comments)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - the contents alone are shown without it
    from markdown_it.rules_inline import image, link  # noqa: PLC0415 - likewise
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - likewise
    from mdit_py_plugins.footnote.index import footnote_inline  # noqa: PLC0415 - likewise

    parser = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.block.ruler.before("table", "too_deep", _take_too_deep)
    parser.inline.ruler.at("link", _unless_too_deep(link, 0))
    parser.inline.ruler.at("image", _unless_too_deep(image, 1))
    parser.inline.ruler.at("footnote_inline", _unless_too_deep(footnote_inline, 1))
    return parser


def _unless_too_deep(rule: InlineRule, offset: int) -> InlineRule:
    """A rule of the parser for brackets, which begin at `offset`, but for those it is slow at."""

    def take(state: StateInline, silent: bool) -> bool:
        return state.pos + offset not in _too_deep(state.src) and rule(state, silent)

    return take


@lru_cache(maxsize=4)
def _too_deep(text: str) -> frozenset[int]:
    """The places of the brackets that hold more than `DEEPEST` levels of others, closed or not.

    From each bracket the parser looks for its end, and takes time by the square of their number.
    """
    found: set[int] = set()
    if text.count("[") <= DEEPEST:
        return frozenset()
    open_at: list[tuple[int, int]] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            open_at.append((bracket.start(), 0))
        elif open_at:
            _close(open_at, found)
    while open_at:
        _close(open_at, found)
    return frozenset(found)


def _close(open_at: list[tuple[int, int]], found: set[int]) -> None:
    """Close the innermost bracket, each with the levels inside it so far."""
    at, inside = open_at.pop()
    if inside > DEEPEST:
        found.add(at)
    if open_at:
        outer, levels = open_at[-1]
        open_at[-1] = (outer, max(levels, inside + 1))


def _take_too_deep(state: StateBlock, first: int, end: int, _: bool) -> bool:
    """A rule of the parser, which would leave out what lies too deep: keep it as it is typed."""
    if state.level < DEEPEST:
        return False
    state.line = first + 1
    while state.line < end and state.sCount[state.line] >= state.blkIndent:
        state.line += 1
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(first, state.line, state.blkIndent, False).strip()
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


class FigureError(ValueError):
    """A figure without a caption, or without a drawing; `line` is where it begins."""

    def __init__(self, line: int | None) -> None:
        self.line = line
        super().__init__(
            "a figure without its caption; begin it with a sentence, then a blank line and the drawing"
        )


class _Walk:
    """Walks the parser's tokens in order and gathers blocks."""

    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve
        self.blocks: list[Block] = []
        self.comments: list[str] = []
        self.inside: list[Container] = []
        self.numbers: list[int | None] = []
        """The next number of each list that is open; None for bullets."""
        self.rows: list[tuple[tuple[Span, ...], ...]] = []
        self.cells: list[tuple[Span, ...]] = []
        self.around = ""
        """The type of the token that the next inline text belongs to."""
        self.level = 0

    def take(self, token: Token) -> None:
        """Read one token of the parser's flat list."""
        handler = _HANDLERS.get(token.type)
        if handler is not None:
            handler(self, token)

    def _open_quote(self, _: Token) -> None:
        self.inside.append(Quote())

    def _close_container(self, _: Token) -> None:
        if self.inside:
            self.inside.pop()

    def _open_list(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        start = token.attrGet("start")
        self.numbers.append(int(1 if start is None else start) if ordered else None)

    def _close_list(self, _: Token) -> None:
        self.numbers.pop()

    def _open_item(self, _: Token) -> None:
        number = self.numbers[-1]
        marker = "-"
        if number is not None:
            marker = f"{number}."
            self.numbers[-1] = number + 1
        self.inside.append(ListItem(marker, opens=True, tight=True))

    def _open_footnote(self, token: Token) -> None:
        self.inside.append(ListItem(_footnote_mark(token), opens=True, tight=True))

    def _open_text(self, token: Token) -> None:
        self.around = token.type
        self.level = int(token.tag[1]) if token.type == "heading_open" else 0
        if token.type == "paragraph_open" and not token.hidden:
            self._loosen()

    def _loosen(self) -> None:
        """A visible paragraph in an item means that the author parted the items by blank lines."""
        item = self.inside[-1] if self.inside else None
        if isinstance(item, ListItem):
            self.inside[-1] = item._replace(tight=False)

    def _take_inline(self, token: Token) -> None:
        spans, comments = _inline(token.children or (), self.resolve)
        if self.around in ("th_open", "td_open"):
            self.cells.append(tuple(s._replace(text=s.text.replace("\n", " ")) for s in spans))
        elif self.around == "heading_open":
            self._add(Heading(self.level, spans, self._place()))
        elif spans or comments:
            self._add(self._paragraph(spans, comments))

    def _paragraph(self, spans: tuple[Span, ...], comments: tuple[str, ...]) -> Paragraph:
        item = self.inside[-1] if self.inside else None
        task = _TASK.match(spans[0].text) if spans else None
        if task and isinstance(item, ListItem) and item.opens and item.marker == "-":
            self.inside[-1] = item._replace(marker=f"[{task[1].lower()}]")
            first = spans[0]._replace(text=spans[0].text[task.end() :])
            spans = (first, *spans[1:]) if first.text else spans[1:]
        return Paragraph(spans, self._place(), comments)

    def _take_code(self, token: Token) -> None:
        if token.info.split()[:1] == [_FIGURE]:
            self._take_figure(token)
            return
        self._add(Preformatted(_text_of(token).rstrip("\n"), self._place()))

    def _take_figure(self, token: Token) -> None:
        caption, _, drawing = _text_of(token).strip("\n").partition("\n\n")
        line = token.map[0] + 1 if token.map else None
        if not drawing.strip() or not _is_sentence(caption):
            raise FigureError(line)
        poses = tuple(pose.strip("\n") for pose in _BETWEEN_POSES.split(drawing))
        self._add(Figure(" ".join(caption.split()), poses, self._place()))

    def _take_rule(self, _: Token) -> None:
        self._add(Rule(self._place()))

    def _take_html(self, token: Token) -> None:
        self.comments.extend(comment.strip() for comment in split_at_comments(token.content)[1])
        text = _text_of_html(token.content)
        if text:
            self._add(Paragraph((Span(text),), self._place()))

    def _close_row(self, _: Token) -> None:
        self.rows.append(tuple(self.cells))
        self.cells = []

    def _close_table(self, _: Token) -> None:
        self._add(Table(tuple(self.rows), self._place()))
        self.rows = []

    def _place(self) -> tuple[Container, ...]:
        """The containers as they stand for the block being added; later blocks open no item."""
        place = tuple(self.inside)
        self.inside = [
            each._replace(opens=False) if isinstance(each, ListItem) else each
            for each in self.inside
        ]
        return place

    def _add(self, block: Block) -> None:
        self.blocks.append(block)


_HANDLERS: dict[str, Callable[[_Walk, Token], None]] = {
    "blockquote_open": _Walk._open_quote,
    "blockquote_close": _Walk._close_container,
    "bullet_list_open": _Walk._open_list,
    "ordered_list_open": _Walk._open_list,
    "bullet_list_close": _Walk._close_list,
    "ordered_list_close": _Walk._close_list,
    "list_item_open": _Walk._open_item,
    "list_item_close": _Walk._close_container,
    "footnote_open": _Walk._open_footnote,
    "footnote_close": _Walk._close_container,
    "paragraph_open": _Walk._open_text,
    "heading_open": _Walk._open_text,
    "th_open": _Walk._open_text,
    "td_open": _Walk._open_text,
    "inline": _Walk._take_inline,
    "fence": _Walk._take_code,
    "code_block": _Walk._take_code,
    "hr": _Walk._take_rule,
    "html_block": _Walk._take_html,
    "tr_close": _Walk._close_row,
    "table_close": _Walk._close_table,
}


def _inline(tokens: Iterable[Token], resolve: Resolve) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    comments: list[str] = []
    spans = tuple(_merged(_spans(tokens, resolve, comments)))
    return _trimmed(spans), tuple(comments)


def _spans(tokens: Iterable[Token], resolve: Resolve, comments: list[str]) -> Iterator[Span]:
    styles: list[Style] = []
    link: Link | None = None
    for token in tokens:
        name, _, edge = token.type.rpartition("_")
        if token.type == "link_open":
            link = resolve(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            link = None
        elif name in _STYLES:
            (styles.append if edge == "open" else styles.remove)(_STYLES[name])
        elif text := _text_of(token):
            code = Style.CODE if token.type == "code_inline" else Style.PLAIN
            yield Span(text, reduce(or_, styles, code), link)
        elif token.type == "html_inline":
            comments.extend(comment.strip() for comment in split_at_comments(token.content)[1])


def _is_sentence(caption: str) -> bool:
    said = caption.rstrip()
    return said.endswith((".", "?")) and any(character.isalnum() for character in said)


def _text_of(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "html_inline":
        return "\n" if _BREAK.fullmatch(token.content) else ""
    if token.type == "image":
        return "".join(_text_of(each) for each in token.children or ())
    if token.type == "footnote_ref":
        return _footnote_mark(token)
    return "" if token.type == "footnote_anchor" else visible(token.content.expandtabs(TAB))


def _footnote_mark(token: Token) -> str:
    return f"[{token.meta['id'] + 1}]"


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbors that look alike as one span, so that words are not cut by the parser's pieces."""
    for (style, _), alike in groupby(spans, lambda span: (span.style, id(span.link))):
        pieces = list(alike)
        yield Span("".join(piece.text for piece in pieces), style, pieces[0].link)


def _trimmed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without the spaces at the end that a comment there leaves behind."""
    while spans and not spans[-1].text.rstrip():
        spans = spans[:-1]
    if spans:
        spans = (*spans[:-1], spans[-1]._replace(text=spans[-1].text.rstrip()))
    return spans


def _text_of_html(source: str) -> str:
    """Its words; lines break where a tag says so, not where the source does."""
    lines = _BREAK.split(without_hidden(source))
    return "\n".join(" ".join(unescaped(_TAG.sub("", line)).split()) for line in lines).strip()
