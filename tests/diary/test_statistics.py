"""What the runs show, in numbers and bars."""

from __future__ import annotations

from tui.diary.model import Run, new_id
from tui.diary.statistics import Effect, Medians, bar, bars, effects, recent_medians


def run(
    soreness: int | None,
    ticked: tuple[str, ...] = (),
    left: tuple[str, ...] = (),
    skipped: dict[str, str] | None = None,
    finished: str = "2026-11-18T12:00:00Z",
) -> Run:
    return Run(
        id=new_id(),
        started=finished,
        finished=finished,
        soreness=soreness,
        ticked=ticked,
        left=left,
        skipped=skipped or {},
    )


def test_medians_of_the_last_five_and_the_five_before() -> None:
    """Runs without a soreness are passed over; the runs come newest first."""
    levels = [2, None, 4, 3, 3, 9, 6, 6, 7, 8, 1, 0, 0]
    assert recent_medians([run(level) for level in levels]) == Medians(3, 6)


def test_medians_of_few_runs() -> None:
    """With few runs the median is of those there are, or there is none."""
    assert recent_medians([run(2), run(5)]) == Medians(3.5, None)
    assert recent_medians([]) == Medians(None, None)


def test_effect_needs_three_runs_on_each_side() -> None:
    """An item is compared only with at least three runs with it and three without."""
    runs = [run(level, ticked=("a/x", "a/y")) for level in (1, 2, 3)]
    runs += [run(5, left=("a/x",)), run(6, skipped={"a/x": "cold"}), run(8, left=("a/x", "a/y"))]
    assert effects(runs) == (Effect("a/x", 2, 3, 6, 3),)
    assert effects(runs[:-1]) == ()


def test_effect_counts_only_runs_with_the_item_on_the_list() -> None:
    """Runs from before an item was on the list say nothing about it."""
    runs = [run(1, ticked=("a/x",)) for _ in range(3)] + [run(9) for _ in range(3)]
    assert effects(runs) == ()


def test_effects_most_relief_first() -> None:
    """The item with the greatest difference comes first."""
    runs = [run(3, ticked=("a/x", "a/y"))] * 3
    runs += [run(4, left=("a/x",))] * 3 + [run(9, left=("a/y",))] * 3
    assert [row.item for row in effects(runs)] == ["a/y", "a/x"]


def test_bar() -> None:
    """A bar is plain ASCII, with the number beside it, on the run's local day."""
    assert bar(run(4)) == "Nov 18 ####- 4"
    assert bar(run(0)) == "Nov 18 ----- 0"
    assert bar(run(None)) == "Nov 18 ----- ?"
    assert bar(run(2, finished="2026-12-02T04:59:00Z")) == "Dec  1 ##--- 2"


def test_bars_are_of_one_width() -> None:
    """All bars are as wide as the sorest run needs."""
    assert bars([run(7), run(2)]) == ("Nov 18 ####### 7", "Nov 18 ##----- 2")
