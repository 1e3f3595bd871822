"""Memory of this process, where the system tells it."""

import os
from pathlib import Path

_STATM = Path("/proc/self/statm")
"""Sizes in pages, the resident one second (proc_pid_statm(5)); Linux only."""


def resident_mb() -> float | None:
    """Return the memory that is held now, in millions of bytes; None where nothing tells."""
    if not _STATM.exists():
        return None
    pages = int(_STATM.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
