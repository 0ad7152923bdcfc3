"""`python -m tui`, the same as `runtall`."""

from .cli import main

raise SystemExit(main())
