"""What the keys of the reading screen do, one concern a module."""
