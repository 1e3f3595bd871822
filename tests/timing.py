"""How time grows with the size of an input: the same on a slow machine and on a busy one."""

import time
from collections.abc import Callable
from typing import Any

TIMES = 4
GROWTH_MAX = 10.0
"""Of what takes linear time 4, of what takes quadratic time 16."""
FLOOR_S = 0.02
"""Less than this is noise."""


def grows_linearly(run: Callable[[Any], object], of_size: Callable[[int], Any], size: int) -> bool:
    """Say whether `run` takes hardly more than four times as long for four times as much."""
    small, large = of_size(size), of_size(TIMES * size)
    return _seconds(run, large) < GROWTH_MAX * max(_seconds(run, small), FLOOR_S)


def _seconds(run: Callable[[Any], object], given: Any) -> float:
    began = time.process_time()
    run(given)
    return time.process_time() - began
