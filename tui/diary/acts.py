"""An earlier name of `records`, until the screens use the new one."""

from .records import Act

__all__ = ["Act"]
