"""An earlier name of `events`, until the screens use the new one."""

from .events import DiaryEvent as Damage

__all__ = ["Damage"]
