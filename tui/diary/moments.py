"""An earlier name of `clock`, until the screens use the new one."""

from .clock import local_day, moment_of, now

__all__ = ["local_day", "moment_of", "now"]
