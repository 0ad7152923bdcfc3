"""The screens: each coordinates its widgets, and nothing else does."""
