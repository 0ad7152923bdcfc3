"""A page's Markdown → blocks with inline spans; raw HTML shows as its text, comments as nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from .blocks import Block, Figure, Preformatted, Rule, Style
from .building import DEEPEST, BlockBuilder, Resolve, made_visible, picture
from .hidden_html import split_at_comments
from .model import PLAIN, BookSettings

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

InlineRule = Callable[["StateInline", bool], bool]
"""A rule of the parser: it takes what stands at the state's place, or says that it does not."""

_FIGURE = "figure"
"""The language of a fenced block that is a figure: caption, blank line, poses parted by `---`."""

_BETWEEN_POSES = re.compile(r"^---$", re.MULTILINE)
_BRACKET = re.compile(r"[][]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|EXAMPLE)\]$", re.IGNORECASE)
"""What makes a quote one of GitHub's alerts, or The Rust Reference's, alone in its first line."""
_ATTRIBUTES = re.compile(r"\s*\{(?P<all>(?:\s*(?:[#.][^\s{}]+|[\w-]+=[^\s{}]*))+)\s*\}$")
"""What follows the words of a heading: `{#id .class name=value}`."""


_RARE = re.compile(r"^[ >]*:\s|~", re.MULTILINE)
"""What may begin a description or strike out a word."""


class ParsedPage(NamedTuple):
    """What a page's text says."""

    blocks: tuple[Block, ...]
    comments: tuple[str, ...]
    """Those that stand between the blocks."""
    anchors: Mapping[str, int]
    """The names that links lead to, beside those of headings, with the number of their block."""


def parse(text: str, resolve: Resolve, settings: BookSettings = PLAIN) -> ParsedPage:
    """The blocks of a page, the comments that stand between them, and what links lead to.

    Raises:
        FigureError: a figure lacks its caption or its drawing.
    """
    walk = _Walk(resolve, settings)
    rare = bool(_RARE.search(text))
    parser = _parser(rare, rare and settings.descriptions, settings.smart_punctuation)
    for token in parser.parse(text):
        walk.take(token)
    built = walk.builder
    return ParsedPage(built.finish(), tuple(built.comments), built.anchors)


@cache
def _parser(rare: bool, descriptions: bool, smart: bool) -> MarkdownIt:
    """The parser, with rules for what few pages hold, and for quotes and dashes as printers set them."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - the contents alone are shown without it
    from markdown_it.rules_inline import image, link  # noqa: PLC0415 - likewise
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - likewise
    from mdit_py_plugins.footnote.index import footnote_inline  # noqa: PLC0415 - likewise

    parser = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    if descriptions:
        from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415 - as it says

        parser.use(deflist_plugin)
    if rare:
        parser.inline.ruler.before("strikethrough", "one_tilde", _take_one_tilde)
    if smart:
        from .smart_punctuation import set_punctuation  # noqa: PLC0415 - our own book has none

        parser.core.ruler.before("text_join", "punctuation", set_punctuation)
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


def _take_one_tilde(state: StateInline, silent: bool) -> bool:
    """A rule of the parser, which knows two tildes: one strikes out too, as on GitHub."""
    if silent or state.src[state.pos] != "~" or state.src[state.pos : state.pos + 2] == "~~":
        return False
    found = state.scanDelims(state.pos, True)
    if found.can_open and found.can_close:
        return False
    from markdown_it.rules_inline.state_inline import Delimiter  # noqa: PLC0415 - as the parser is

    token = state.push("text", "", 0)
    token.content = "~"
    state.delimiters.append(
        Delimiter(
            marker=ord("~"),
            length=0,
            token=len(state.tokens) - 1,
            end=-1,
            open=found.can_open,
            close=found.can_close,
        )
    )
    state.pos += 1
    return True


class FigureError(ValueError):
    """A figure without a caption, or without a drawing; `line` is where it begins."""

    def __init__(self, line: int | None) -> None:
        self.line = line
        super().__init__(
            "a figure without its caption; begin it with a sentence, then a blank line and the drawing"
        )


class _Walk:
    """Walks the parser's tokens in order, and tells the builder of blocks what they are."""

    def __init__(self, resolve: Resolve, settings: BookSettings) -> None:
        self.builder = BlockBuilder(resolve)
        self.settings = settings
        self.quoting = False
        """Whether a quote has just begun."""

    def take(self, token: Token) -> None:
        """Read one token of the parser's flat list."""
        handler = _HANDLERS.get(token.type)
        if handler is not None:
            handler(self, token)
        elif token.nesting > 0:
            self.builder.open(token.tag, token.attrs)
            self.quoting = token.type == "blockquote_open" and self.settings.alerts
        elif token.nesting < 0:
            self.builder.close(token.tag)

    def _open_paragraph(self, token: Token) -> None:
        if token.hidden:
            self.builder.end_paragraph()
        else:
            self.builder.open("p")

    def _open_footnote(self, token: Token) -> None:
        mark = _footnote_mark(token)
        self.builder.open("li", {"marker": mark, "id": f"footnote-{mark[1:-1]}"})

    def _close_footnote(self, _: Token) -> None:
        self.builder.close("li")

    def _take_inline(self, token: Token) -> None:
        children = token.children or []
        if self.quoting:
            self.quoting = False
            children = self._without_alert(children)
        if children and self.builder.takes_name:
            self._take_attributes(children)
        if self.settings.has_rules:
            children = self._without_rule(children)
        for child in children:
            handler = _INLINE.get(child.type)
            if handler is not None:
                handler(self, child)
            elif child.nesting > 0:
                self.builder.open(child.tag, child.attrs)
            elif child.nesting < 0:
                self.builder.close(child.tag)

    def _without_alert(self, children: list[Token]) -> list[Token]:
        """What follows the mark of an alert, whose name becomes a paragraph of its own."""
        alert = _ALERT.match(children[0].content) if children else None
        if alert is None or (len(children) > 1 and children[1].type not in _LINE_BREAKS):
            return children
        self.builder.text(alert[1].capitalize(), Style.STRONG)
        self.builder.open("p")
        return children[2:]

    def _without_rule(self, children: list[Token]) -> list[Token]:
        """What follows the name of a rule, which becomes a paragraph of its own."""
        from .rules import RULE, anchor_of  # noqa: PLC0415 - one book has rules

        rule = RULE.match(children[0].content) if children else None
        if rule is None or (len(children) > 1 and children[1].type not in _LINE_BREAKS):
            return children
        self.builder.open("span", {"id": anchor_of(rule["name"])})
        self.builder.text(f"[{rule['name']}]")
        self.builder.open("p")
        return children[2:]

    def _take_attributes(self, children: list[Token]) -> None:
        """Take what stands in braces at the end of a heading or a term; it is not shown."""
        last = children[-1]
        found = _ATTRIBUTES.search(last.content) if last.type == "text" else None
        if found is not None:
            last.content = last.content[: found.start()]
            names = (each[1:] for each in found["all"].split() if each.startswith("#"))
            for name in names:
                self.builder.name(name)

    def _take_text(self, token: Token) -> None:
        self.builder.text(token.content)

    def _take_code_span(self, token: Token) -> None:
        self.builder.text(token.content, Style.CODE)

    def _take_soft_break(self, _: Token) -> None:
        self.builder.text(" ")

    def _take_hard_break(self, _: Token) -> None:
        self.builder.text("\n")

    def _take_image(self, token: Token) -> None:
        alternative = "".join(_text_of(each) for each in token.children or ())
        self.builder.text(picture(alternative, unquote(str(token.attrGet("src")))))

    def _take_reference(self, token: Token) -> None:
        mark = _footnote_mark(token)
        self.builder.open("span", {"id": _way_back(token)})
        self.builder.text(mark, link=self.builder.link_to(f"#footnote-{mark[1:-1]}"))

    def _take_way_back(self, token: Token) -> None:
        again = token.meta.get("subId", 0)
        self.builder.text(" ")
        back = self.builder.link_to(f"#{_way_back(token)}")
        self.builder.text(f"↩{again + 1}" if again else "↩", link=back)

    def _take_inline_html(self, token: Token) -> None:
        if token.content.startswith("<!--"):
            for comment in split_at_comments(token.content)[1]:
                self.builder.note(comment)
        elif _BREAK.fullmatch(token.content):
            self.builder.text("\n")
        else:
            _feed(self.builder, token.content)

    def _take_code(self, token: Token) -> None:
        text = made_visible(token.content).rstrip("\n")
        if token.info.split()[:1] == [_FIGURE]:
            self._take_figure(token)
        elif token.info:
            from .code_blocks import code_block  # noqa: PLC0415 - our own book holds no code

            self.builder.add(code_block(made_visible(token.info), text, self.settings.hidden_lines))
        else:
            self.builder.add(Preformatted(text))

    def _take_figure(self, token: Token) -> None:
        text = made_visible(token.content)
        caption, _, drawing = text.strip("\n").partition("\n\n")
        line = token.map[0] + 1 if token.map else None
        if not drawing.strip() or not _is_sentence(caption):
            raise FigureError(line)
        poses = tuple(pose.strip("\n") for pose in _BETWEEN_POSES.split(drawing))
        self.builder.add(Figure(" ".join(caption.split()), poses))

    def _take_rule(self, _: Token) -> None:
        self.builder.add(Rule())

    def _take_html(self, token: Token) -> None:
        texts, comments = split_at_comments(token.content)
        self.builder.comments += [comment.strip() for comment in comments]
        if any(map(str.strip, texts)):
            self.builder.end_paragraph()
            _feed(self.builder, token.content)


_LINE_BREAKS = ("softbreak", "hardbreak")
_HANDLERS: dict[str, Callable[[_Walk, Token], None]] = {
    "paragraph_open": _Walk._open_paragraph,
    "footnote_open": _Walk._open_footnote,
    "footnote_close": _Walk._close_footnote,
    "footnote_anchor": _Walk._take_way_back,
    "inline": _Walk._take_inline,
    "fence": _Walk._take_code,
    "code_block": _Walk._take_code,
    "hr": _Walk._take_rule,
    "html_block": _Walk._take_html,
}
_INLINE: dict[str, Callable[[_Walk, Token], None]] = {
    "text": _Walk._take_text,
    "code_inline": _Walk._take_code_span,
    "softbreak": _Walk._take_soft_break,
    "hardbreak": _Walk._take_hard_break,
    "image": _Walk._take_image,
    "footnote_ref": _Walk._take_reference,
    "html_inline": _Walk._take_inline_html,
}


def _feed(builder: BlockBuilder, source: str) -> None:
    from .html_reader import feed  # noqa: PLC0415 - our own book holds no tags

    feed(builder, source)


def _is_sentence(caption: str) -> bool:
    said = caption.rstrip()
    return said.endswith((".", "?")) and any(character.isalnum() for character in said)


def _text_of(token: Token) -> str:
    """The words of a token within the description of an image."""
    if token.type in _LINE_BREAKS:
        return " "
    if token.type == "image":
        return "".join(_text_of(each) for each in token.children or ())
    return token.content if token.type in ("text", "code_inline") else ""


def _way_back(token: Token) -> str:
    """The name of the place that refers to a footnote; of several each has its own."""
    again = token.meta.get("subId", 0)
    return f"to-{token.meta['id'] + 1}" + (f"-{again + 1}" if again else "")


def _footnote_mark(token: Token) -> str:
    return f"[{token.meta['id'] + 1}]"
