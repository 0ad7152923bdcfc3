"""HTML → the builder of blocks, tag by tag; what is shown nowhere is left out.

Python's own parser takes time by the square of a page's length where the page is made for it.
"""

from __future__ import annotations

import html
import re

from .blocks import Preformatted
from .building import BlockBuilder, made_visible
from .code_blocks import code_block_of_classes
from .hidden_html import without_hidden

TAG = re.compile(
    r"<(?:[!?][^<>]*+|(?P<end>/)?(?P<name>[a-zA-Z][^\s<>/\"'=]*+)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]{0,9999}\"|'[^']{0,9999}')*+))>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s\"'=<>`]++)))?"
)
_NOT_SHOWN = frozenset({"svg", "template", "head", "title", "button", "nav", "select", "iframe"})


def feed(builder: BlockBuilder, source: str) -> None:
    """Give a piece of HTML to the builder; what it opens may be closed by a later piece."""
    _HtmlReader(builder).read(without_hidden(source))


class _HtmlReader:
    """Reads one piece of HTML."""

    def __init__(self, builder: BlockBuilder) -> None:
        self.builder = builder
        self.not_shown: dict[str, int] = {}
        """How many elements with each tag are open that are shown nowhere."""
        self.code: list[tuple[str, bool]] | None = None
        """The text in the `pre` that is open, each piece with whether it is shown."""
        self.classes: list[str] = []
        """Those of the code in it."""
        self.spans: list[bool] = []
        """For each span that is open in it, whether it hides its text."""

    def read(self, source: str) -> None:
        """Read all of it."""
        at = 0
        for tag in TAG.finditer(source):
            self._take_text(source[at : tag.start()])
            at = tag.end()
            if tag["name"]:
                self._take_tag(tag)
        self._take_text(source[at:])
        self._end_code()

    def _take_text(self, source: str) -> None:
        if not source or self.not_shown:
            return
        text = html.unescape(source)
        if self.code is None:
            self.builder.words(text)
        else:
            self.code.append((made_visible(text), not any(self.spans)))

    def _take_tag(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if name in _NOT_SHOWN:
            self._take_not_shown(name, opens=not tag["end"] and not tag[0].endswith("/>"))
        elif self.not_shown:
            return
        elif tag["end"]:
            self._close(name)
        else:
            self._open(name, attributes_of(tag["attributes"]))

    def _take_not_shown(self, name: str, *, opens: bool) -> None:
        count = self.not_shown.get(name, 0) + (1 if opens else -1)
        if count > 0:
            self.not_shown[name] = count
        elif not opens:
            self.not_shown.pop(name, None)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        classes = attributes.get("class", "").split()
        if self.code is None:
            self.builder.open(name, attributes)
            if name == "pre":
                self.code, self.classes, self.spans = [], [], []
        elif name == "code":
            self.classes = classes
        elif name == "span":
            self.spans.append("boring" in classes)
        elif name == "br":
            self.code.append(("\n", True))

    def _close(self, name: str) -> None:
        if self.code is None:
            self.builder.close(name)
        elif name == "pre":
            self._end_code()
        elif name == "span" and self.spans:
            self.spans.pop()

    def _end_code(self) -> None:
        """End the code that is open, closed or not."""
        if self.code is None:
            return
        whole = "".join(text for text, _ in self.code).strip("\n")
        shown = "".join(text for text, is_shown in self.code if is_shown).strip("\n")
        self.code = None
        block = Preformatted(shown, whole=whole if whole != shown else "")
        self.builder.add(code_block_of_classes(block, map(made_visible, self.classes)))


def attributes_of(source: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(source):
        value = each["double"] or each["single"] or each["bare"] or ""
        found.setdefault(each["name"].lower(), html.unescape(value))
    return found
