"""A block of code: its language, what its author says of it, and the lines that are not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .blocks import Preformatted

_REMARKS = {
    "compile_fail": "does not compile",
    "does_not_compile": "does not compile",
    "panics": "panics",
    "should_panic": "panics",
    "not_desired_behavior": "does not do what it should",
    "no_run": "not to be run",
}
"""What is said of code that carries such a word."""
_RUST_HIDDEN = re.compile(r"(\s*)#(.?)(.*)", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n`]*)$")


def code_block(info: str, text: str, hidden_lines: Mapping[str, str]) -> Preformatted:
    """The block that a fence with these words opens.

    Args:
        info: What follows the fence: a language and words about the code.
        text: The code.
        hidden_lines: For a language, what begins the lines that are not shown.
    """
    words = _words(info)
    block = _described(words)
    shown = "\n".join(_shown(text.split("\n"), words, hidden_lines))
    whole = "\n".join(_whole(text.split("\n"), words, hidden_lines))
    return block._replace(text=shown, whole=whole if whole != shown else "")


def code_block_of_classes(block: Preformatted, classes: Iterable[str]) -> Preformatted:
    """The block with what the classes of its element, which mdBook made of such words, say of it."""
    said = _described([each.removeprefix("language-") for each in classes])
    return block._replace(language=said.language, remark=said.remark)


def without_hidden_lines(markdown: str, hidden_lines: Mapping[str, str]) -> str:
    """The text of a page without the lines of its code that are not shown."""
    kept: list[str] = []
    code: list[str] = []
    fence, words = "", [""]
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if not fence:
            kept.append(line)
            if mark:
                fence, words = mark[1], _words(mark[2])
        elif mark and mark[1].startswith(fence) and not mark[2].strip():
            kept += [*_shown(code, words, hidden_lines), line]
            fence, code = "", []
        else:
            code.append(line)
    return "\n".join([*kept, *code])


def _words(info: str) -> list[str]:
    return re.split(r"[\s,]+", info.strip().strip("{}")) or [""]


def _described(words: list[str]) -> Preformatted:
    language = words[0].lstrip(".") if words and "=" not in words[0] else ""
    remarks = dict.fromkeys(_REMARKS[each] for each in words if each in _REMARKS)
    if language in _REMARKS or language in ("ignore", "editable"):
        language = "rust"
    return Preformatted("", language=language, remark=", ".join(remarks))


def _prefix(words: list[str], hidden_lines: Mapping[str, str]) -> str | None:
    """What begins hidden lines; None where none are, a lone `#` where Rust's rules hold."""
    for word in words:
        name, equals, prefix = word.partition("=")
        if name == "hidelines" and equals:
            return prefix
    return hidden_lines.get(words[0]) or ("#" if "rust" in words else None)


def _shown(
    lines: Iterable[str], words: list[str], hidden_lines: Mapping[str, str]
) -> Iterator[str]:
    return (line for line, shown in _told_apart(lines, words, hidden_lines) if shown)


def _whole(
    lines: Iterable[str], words: list[str], hidden_lines: Mapping[str, str]
) -> Iterator[str]:
    return (line for line, _ in _told_apart(lines, words, hidden_lines))


def _told_apart(
    lines: Iterable[str], words: list[str], hidden_lines: Mapping[str, str]
) -> Iterator[tuple[str, bool]]:
    """Each line as it is compiled, and whether it is shown."""
    prefix = _prefix(words, hidden_lines)
    for line in lines:
        if prefix is None:
            yield line, True
        elif prefix == "#" and "rust" in words:
            yield _rust_line(line)
        elif line.lstrip().startswith(prefix):
            indent = line[: len(line) - len(line.lstrip())]
            yield indent + line.lstrip().removeprefix(prefix), False
        else:
            yield line, True


def _rust_line(line: str) -> tuple[str, bool]:
    """A line of Rust: `# ` or a lone `#` hides it, `##` is a `#` that is shown, any other is Rust's own."""
    found = _RUST_HIDDEN.fullmatch(line)
    if found is None or found[2] not in ("", " ", "#"):
        return line, True
    indent, after, rest = found.groups()
    if after == "#":
        return f"{indent}#{rest}", True
    return indent + after.strip() + rest, False
