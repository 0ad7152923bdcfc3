"""What a command answered."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it wrote to standard output, line by line."""
        return self.out.splitlines()


Run = Callable[..., Answer]
"""The words after `runtall` → the answer."""
