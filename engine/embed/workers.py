"""Threads that share one picture's work: a search takes little time only if all cores help."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from threadpoolctl import threadpool_limits


@cache
def workers() -> ThreadPoolExecutor:
    """Return the threads of this process, one for each core.

    Their tasks must not wait for other tasks of theirs. Numpy's matrix products keep to the thread
    that calls them from here on: products of pictures are small, and threads within threads wait
    for each other. What they give stays the same.
    """
    threadpool_limits(1, user_api="blas")
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="picture")
