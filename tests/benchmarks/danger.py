"""How well the search knows a danger: `python -m tests.benchmarks.danger`.

Prints a table of the half that the matching was built with and of the half that was only measured. `--misses` lists
what goes wrong in the first half; nothing lists it for the second, so that nobody tunes on it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from statistics import median
from time import perf_counter

from tests.search.danger_table import Said, dangers, look_alikes, seen, unseen
from tests.search.own_index import own_index
from tests.self_check.test_stories import ended, is_unseen, stories
from tui.handbook.loading import OWN_BOOK
from tui.handbook.signs import NO_SIGNS, Level, load_signs
from tui.search.danger import Danger, DangerReader
from tui.search.engine import Index

Asked = dict[Said, Danger | None]


def main() -> None:
    """Print the table."""
    index = own_index()
    kept = ask(index, dangers("dangers_before.toml"))
    print(f"{'':44}{'built with':>12}{'unseen':>12}")
    halves = [
        (ask(index, half(dangers())), ask(index, half(look_alikes()))) for half in (seen, unseen)
    ]
    _line("dangers warned", *(_share(warned(d), d) for d, _ in halves))
    _line("  of those, at the right level", *(_share(right(d), warned(d)) for d, _ in halves))
    _line("  of those, at that level or a faster", *(_share(fast(d), warned(d)) for d, _ in halves))
    _line("look-alikes alarmed", *(_share(warned(a), a) for _, a in halves))
    _line("phrases of the old list, warned", _share(warned(kept), kept), "")
    _line("  of those, at that level or a faster", _share(fast(kept), warned(kept)), "")
    ends = [
        _ends(names)
        for names in (
            [n for n in stories() if not is_unseen(n)],
            [n for n in stories() if is_unseen(n)],
        )
    ]
    _line("stories that end at their level", *ends)
    _print_times(index)
    if "--misses" in sys.argv:
        _print_misses(halves[0][0] | kept, halves[0][1])


def _ends(names: Sequence[str]) -> str:
    """How many of these stories end at their level."""
    right = sum(ended(name)[0].level == stories()[name]["level"] for name in names)
    return f"{right}/{len(names)} {100 * right / len(names):.0f}%"


def ask(index: Index, every: Sequence[Said], *, typing: bool = False) -> Asked:
    """What the search says to each."""
    return {each: index.danger_in(each.phrase, typing=typing) for each in every}


def warned(asked: Asked) -> list[Said]:
    """Those that get a warning."""
    return [each for each, danger in asked.items() if danger is not None]


def right(asked: Asked) -> list[Said]:
    """Those that get the warning of their own level."""
    return [each for each, danger in asked.items() if danger and danger.level == each.level]


def fast(asked: Asked) -> list[Said]:
    """Those that get the warning of their own level or of a more urgent one."""
    return [e for e, d in asked.items() if d and d.level.rank <= Level(e.level).rank]


def _print_times(index: Index) -> None:
    """What the signs cost a search: reading the file, the first one, and each one after it."""
    phrases = [each.phrase for each in (*dangers(), *look_alikes())]
    began = perf_counter()
    signs = load_signs(OWN_BOOK)
    read = perf_counter()
    DangerReader(signs).see("chest pain")
    first = perf_counter()
    print(
        f"reading signs.toml {1000 * (read - began):.1f} ms, the first look {1000 * (first - read):.1f} ms"
    )
    bare = own_index(NO_SIGNS)
    times = {name: _times(each, phrases) for name, each in (("with", index), ("without", bare))}
    for name, taken in times.items():
        print(f"a search {name} signs: median {median(taken):.2f} ms, slowest {max(taken):.1f} ms")


def _times(index: Index, phrases: Sequence[str]) -> list[float]:
    """Milliseconds of a second search for each."""
    taken = []
    for phrase in phrases:
        index.search(phrase)
        began = perf_counter()
        index.search(phrase)
        taken.append(1000 * (perf_counter() - began))
    return taken


def _share(part: Sequence[Said], whole: Sequence[Said] | Asked) -> str:
    return f"{len(part)}/{len(whole)} {100 * len(part) / max(len(whole), 1):.0f}%"


def _line(name: str, *cells: str) -> None:
    print(f"{name:44}{cells[0]:>12}{cells[1]:>12}")


def _print_misses(asked: Asked, alikes: Asked) -> None:
    for each, danger in asked.items():
        if danger is None:
            print(f"  not warned: {each.level} {each.phrase}")
        elif danger.level != each.level:
            print(f"  {danger.level}, not {each.level} ({danger.sign.id}): {each.phrase}")
    for each, danger in alikes.items():
        if danger is not None:
            print(f"  alarmed: {danger.level} {danger.sign.id}: {each.phrase} [{danger.phrase}]")


if __name__ == "__main__":
    main()
