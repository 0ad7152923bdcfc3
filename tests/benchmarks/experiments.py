"""How often an experiment of six pairs ends with `likely helped`: by luck, and where it helps.

Usage, in the checkout: python -m tests.benchmarks.experiments
Prints a Markdown table; each figure is a share of 3,000 simulated experiments on the scale 0 to 10.
"""

from __future__ import annotations

from itertools import product

from tests.session.test_experiments import helped

SPREADS = (1, 1.6, 2.5)
"""How much soreness swings: its standard deviation."""
AKIN = (0, 0.35, 0.5, 0.7)
"""How much each run resembles the one before it: their correlation."""
EFFECTS = (0, 1, 2)
"""Points that the change takes away."""


def main() -> None:
    """Simulate and print."""
    heads = [f"-{effect}" + (", 10 % missed" if missed else "") for effect, missed in _columns()]
    print(f"| spread | correlation | after a flare | {' | '.join(heads)} |")
    print("|---|---|---|" + "---|" * len(heads))
    for spread, akin, flare in product(SPREADS, AKIN, (False, True)):
        shares = (
            f"{helped(akin, spread, effect, flare=flare, missed=missed):.2f}"
            for effect, missed in _columns()
        )
        print(f"| {spread} | {akin} | {'yes' if flare else 'no'} | {' | '.join(shares)} |")


def _columns() -> list[tuple[int, float]]:
    return list(product(EFFECTS, (0, 0.1)))


if __name__ == "__main__":
    main()
