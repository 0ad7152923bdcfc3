"""The rules of a specification, as The Rust Reference marks them: `r[name.of.rule]` names a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .blocks import Link
from .errors import ContentError
from .model import Handbook, Section

RULE = re.compile(r"r\[(?P<name>[\w.-]+)\]$", re.MULTILINE)
"""A line that names the place where it stands."""


def anchor_of(name: str) -> str:
    """The name by which links lead to a rule."""
    return f"r-{name}"


def rules_of(handbook: Handbook, text_of: Callable[[Section], str]) -> Mapping[str, str]:
    """For each rule of a book, the id of the section that states it."""
    found: dict[str, str] = {}
    for section in handbook.readable:
        try:
            text = text_of(section)
        except ContentError:
            continue
        for rule in RULE.finditer(text):
            found.setdefault(rule["name"], section.id)
    return found


def link_to_rule(rules: Mapping[str, str], address: str) -> Link | None:
    """The link that an address means which is a rule's name; None where there is no such rule."""
    section = rules.get(address)
    return Link(address, section, anchor_of(address)) if section else None
