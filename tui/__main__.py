"""`python -m tui`, the same as `runtall`."""

from .cli.main import main

raise SystemExit(main())
