"""self-check.toml → a self-check, each of its ids, pages and numbers checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..handbook.errors import ContentError
from ..handbook.files import read_toml
from ..handbook.loading import SELF_CHECK
from ..handbook.model import Handbook, Kind
from ..handbook.signs import SIGNS, Level, Sign, Signs, load_signs
from .model import (
    MEDICAL,
    NONE_OF_THESE,
    Answer,
    Cause,
    Plan,
    Question,
    Rules,
    SelfCheck,
)


def load_self_check(handbook: Handbook) -> SelfCheck | None:
    """The self-check of a book; None when the book has none.

    Raises:
        ContentError: the file is wrong; the text names the place in it, and the remedy.
    """
    file = handbook.folder / SELF_CHECK
    values = read_toml(file)
    if values is None:
        return None
    root = _TomlTable(file, "", values)
    root.allow("tie_order", "report", "causes", "gate", "risks", "questions", "no_favorite")
    signs = load_signs(handbook.folder)
    causes = tuple(_cause(handbook, each) for each in root.numbered("causes", "cause"))
    ids = [cause.id for cause in causes]
    root.refuse_doubled("cause", ids)
    if MEDICAL not in ids:
        raise root.wrong(
            f"no cause has the id “{MEDICAL}”; add it, so that what needs care is seen"
        )
    gate = _gate(root.table("gate"), signs)
    risks = _risks(root.table("risks"), signs) if "risks" in root.values else None
    tables = root.numbered("questions", "question")
    questions = tuple(_question(each, ids, signs) for each in tables)
    first = [gate.id, *([risks.id] if risks else [])]
    root.refuse_doubled("question", [*first, *(each.id for each in questions)])
    _check_most(root, causes, questions)
    rules, no_favorite = _rules(root, ids), _no_favorite(handbook, root)
    return SelfCheck(gate, questions, causes, rules, no_favorite, risks, signs)


@dataclass(frozen=True, slots=True)
class _TomlTable:
    """A table of the file and its place there, such as “question q4, answer c”."""

    file: Path
    place: str
    values: Mapping[str, Any]

    def wrong(self, what: str) -> ContentError:
        """An error at this place."""
        text = f"{self.place}: {what}" if self.place else what
        return ContentError(self.file, None, " ".join(text.split()))

    def allow(self, *keys: str) -> None:
        """Refuse any key but these: a misspelled one would go unnoticed."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(f"“{key}” means nothing here; known are {', '.join(keys)}")

    def need(self, key: str) -> object:
        """A value that must be there."""
        if key not in self.values:
            raise self.wrong(f"{key} is missing; add it")
        return self.values[key]

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self.need(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{key} must be text in quotes, not {_shown(value)}")
        return value

    def id(self) -> str:
        """Its id, fit to be typed in an answer."""
        value = self.text("id")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
            raise self.wrong(f"the id “{value}” must be small letters, digits and hyphens alone")
        return value

    def number(self, key: str, least: int = 1) -> int:
        """A whole number from `least` up."""
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(f"{key} must be a whole number from {least}, not {_shown(value)}")
        return value

    def flag(self, key: str) -> bool:
        """True or false, and nothing that only looks like it."""
        value = self.need(key)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} must be true or false, not {_shown(value)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of ids, each once."""
        value = self.need(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(f"{key} must be a list of ids in quotes, not {_shown(value)}")
        self.refuse_doubled(f"{key}: the id", value)
        return tuple(value)

    def zones(self) -> tuple[int, ...]:
        """The zones of the body map that it names, if any."""
        value = self.values.get("zones", [])
        if not isinstance(value, list) or not all(type(each) is int for each in value):
            raise self.wrong(f"zones must be a list of numbers, not {_shown(value)}")
        return tuple(value)

    def table(self, key: str) -> _TomlTable:
        """A table within this one."""
        value = self.need(key)
        if not isinstance(value, dict):
            raise self.wrong(f"{key} must be a table, not {_shown(value)}")
        return _TomlTable(self.file, f"{self.place}, {key}" if self.place else key, value)

    def numbered(self, key: str, name: str) -> list[_TomlTable]:
        """The tables of a list, each placed by its id, or by its number where it has none."""
        value = self.need(key)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(f"{key} must be a list of tables, not {_shown(value)}")
        if not value:
            raise self.wrong(f"{key} is empty; add at least one {name}")
        before = f"{self.place}, " if self.place else ""
        return [
            _TomlTable(self.file, f"{before}{name} {each.get('id', f'number {number}')}", each)
            for number, each in enumerate(value, 1)
        ]

    def refuse_doubled(self, name: str, ids: Iterable[str]) -> None:
        """Refuse ids of which one would hide another."""
        for each, times in Counter(ids).items():
            if times > 1:
                raise self.wrong(f"{name} {each} stands there {times} times; keep one")


def _cause(handbook: Handbook, table: _TomlTable) -> Cause:
    table.allow("id", "title", "max", "first", "sections", "exercises")
    cause_id = table.id()
    plan = _plan(handbook, table, cause_id)
    return Cause(cause_id, table.text("title"), table.number("max"), plan)


def _plan(handbook: Handbook, table: _TomlTable, cause: str) -> Plan:
    sections = tuple(_page(handbook, table, "section", each) for each in table.texts("sections"))
    exercises = tuple(_page(handbook, table, "exercise", each) for each in table.texts("exercises"))
    return Plan(cause, table.text("first"), sections, exercises)


def _page(handbook: Handbook, table: _TomlTable, what: str, page_id: str) -> str:
    """Today's id of a page that the file names."""
    section = handbook.get(page_id)
    if section is None:
        raise table.wrong(f"there is no {what} “{page_id}” in the book; mend the id")
    if what == "exercise" and section.kind is not Kind.EXERCISE:
        raise table.wrong(f"“{page_id}” is a page but no exercise; name it under sections")
    return section.id


def _gate(table: _TomlTable, signs: Signs) -> Question:
    table.allow("id", "text", "multi", "answers")
    gate = _asked(table, [_sign(each, signs) for each in table.numbered("answers", "answer")])
    none = gate.get(NONE_OF_THESE)
    if none is None or none.level is not Level.SELF:
        remedy = f"add an answer {NONE_OF_THESE} with the level {Level.SELF}"
        raise table.wrong(f"nobody could say that no sign fits; {remedy}")
    asked = Counter(each for answer in gate.answers for each in answer.signs)
    for sign in signs.signs:
        wanted = 1 if sign.level in (Level.NOW, Level.TODAY) else 0
        if asked[sign.id] != wanted:
            what = f"the sign {sign.id} is in {asked[sign.id]} answers, not in {wanted}"
            raise table.wrong(f"{what}; each {Level.NOW} and {Level.TODAY} sign is asked once")
    return gate


def _sign(table: _TomlTable, signs: Signs) -> Answer:
    table.allow("id", "text", "level", "signs")
    level = table.text("level")
    if level not in set(Level):
        raise table.wrong(f"“{level}” is no level; levels are {', '.join(Level)}")
    named = _signs(table, signs)
    for each in named:
        if each.level != level:
            raise table.wrong(f"the sign {each.id} is {each.level}, not {level}; mend one of them")
    ids = tuple(each.id for each in named)
    return Answer(table.id(), table.text("text"), Level(level), signs=ids)


def _signs(table: _TomlTable, signs: Signs) -> tuple[Sign, ...]:
    """The signs that an answer names, if any."""
    ids = table.texts("signs") if "signs" in table.values else ()
    found = []
    for each in ids:
        sign = signs.sign(each)
        if sign is None:
            raise table.wrong(f"there is no sign “{each}” in {SIGNS}; mend the id")
        found.append(sign)
    return tuple(found)


def _risks(table: _TomlTable, signs: Signs) -> Question:
    table.allow("id", "text", "multi", "answers")
    risks = _asked(table, [_risk(each, signs) for each in table.numbered("answers", "answer")])
    if risks.get(NONE_OF_THESE) is None:
        raise table.wrong(f"nobody could say that none fits; add an answer {NONE_OF_THESE}")
    asked = {answer.group for answer in risks.answers}
    lost = [group.id for group in signs.groups if group.id not in asked]
    if lost:
        raise table.wrong(f"nobody is asked about {', '.join(lost)}; add an answer for each")
    return risks


def _risk(table: _TomlTable, signs: Signs) -> Answer:
    table.allow("id", "text", "group")
    group = table.text("group") if "group" in table.values else ""
    if group and signs.group(group) is None:
        raise table.wrong(f"there is no group “{group}” in {SIGNS}; mend the id")
    if not group and table.values.get("id") != NONE_OF_THESE:
        raise table.wrong("group is missing; add it")
    return Answer(table.id(), table.text("text"), group=group)


def _question(table: _TomlTable, causes: list[str], signs: Signs) -> Question:
    table.allow("id", "text", "multi", "answers")
    answers = table.numbered("answers", "answer")
    return _asked(table, [_weighed(each, causes, signs) for each in answers])


def _weighed(table: _TomlTable, causes: list[str], signs: Signs) -> Answer:
    table.allow("id", "text", "points", "zones", "signs")
    weights = table.table("points")
    for cause in weights.values:
        if cause not in causes:
            raise weights.wrong(f"there is no cause “{cause}”; known are {', '.join(causes)}")
    points = {cause: weights.number(cause, least=0) for cause in weights.values}
    if table.values.get("id") == NONE_OF_THESE and any(points.values()):
        raise table.wrong(f"{NONE_OF_THESE} means none of these; it can give no points")
    ids = tuple(each.id for each in _signs(table, signs))
    return Answer(table.id(), table.text("text"), points=points, zones=table.zones(), signs=ids)


def _asked(table: _TomlTable, answers: list[Answer]) -> Question:
    table.refuse_doubled("answer", [answer.id for answer in answers])
    return Question(table.id(), table.text("text"), table.flag("multi"), tuple(answers))


def _check_most(
    root: _TomlTable, causes: tuple[Cause, ...], questions: tuple[Question, ...]
) -> None:
    """Refuse a maximum that the questions do not bear out: the bars would lie."""
    for cause in causes:
        most = sum(question.most_points(cause.id) for question in questions)
        if cause.max != most:
            what = f"max is {cause.max}, but the questions give up to {most}; write max = {most}"
            raise root.wrong(f"cause {cause.id}: {what}")


def _rules(root: _TomlTable, causes: list[str]) -> Rules:
    order = root.texts("tie_order")
    odd = {*order, MEDICAL} ^ {*causes}
    if odd or MEDICAL in order:
        remedy = f"name every cause but {MEDICAL}, each once"
        raise root.wrong(f"tie_order is wrong at {', '.join(sorted(odd or {MEDICAL}))}; {remedy}")
    report = root.table("report")
    report.allow("min_score", "max_causes", "medical_first_at")
    return Rules(
        order,
        report.number("min_score"),
        report.number("max_causes"),
        report.number("medical_first_at"),
    )


def _no_favorite(handbook: Handbook, root: _TomlTable) -> Plan | None:
    if "no_favorite" not in root.values:
        return None
    table = root.table("no_favorite")
    table.allow("first", "sections", "exercises")
    return _plan(handbook, table, "")


def _shown(value: object) -> str:
    """A wrong value as the file has it, shortened."""
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= 40 else f"“{text[:39]}…”"
