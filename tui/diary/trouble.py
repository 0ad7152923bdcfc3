"""An earlier name of `errors`, until the screens use the new one."""

from .errors import CannotRead, DiaryError

__all__ = ["CannotRead", "DiaryError"]
