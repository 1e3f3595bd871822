import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from engine.api.gate import Gate
from engine.errors import BusyError


def test_one_more_than_working_and_waiting_is_turned_away():
    gate = Gate(n_working=1, n_waiting=2, max_bytes=100)
    for _ in range(3):
        gate.enter(1)

    with pytest.raises(BusyError, match="try again"):
        gate.enter(1)

    gate.leave(1)
    gate.enter(1)


def test_bodies_that_would_not_fit_into_memory_are_turned_away():
    gate = Gate(n_working=1, n_waiting=10, max_bytes=100)
    gate.enter(60)

    with pytest.raises(BusyError):
        gate.enter(41)

    gate.enter(40)


def test_work_is_done_in_the_order_of_asking():
    gate = Gate(n_working=1, n_waiting=10, max_bytes=100)
    is_let, order = threading.Event(), []
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(gate.run, partial(is_let.wait, 10))]
        for number in range(5):
            asked.append(pool.submit(gate.run, partial(order.append, number)))
            time.sleep(0.02)  # so that it asks after the one before it
        assert order == []
        is_let.set()

    assert order == [0, 1, 2, 3, 4]


def test_no_more_work_at_once_than_allowed():
    gate = Gate(n_working=2, n_waiting=10, max_bytes=100)
    present, most, together = 0, 0, threading.Barrier(2)

    def work():
        nonlocal present, most
        present += 1
        most = max(most, present)
        together.wait(10)
        present -= 1
        together.wait(10)

    with ThreadPoolExecutor(6) as pool:
        for future in [pool.submit(gate.run, work) for _ in range(6)]:
            future.result()

    assert most == 2


def test_work_is_done_by_always_the_same_threads():
    gate = Gate(n_working=2, n_waiting=10, max_bytes=100)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(gate.run, threading.get_ident) for _ in range(50)]
        threads = {future.result() for future in asked}

    assert len(threads) <= 2


def test_an_error_of_the_work_reaches_its_asker_and_the_next_one_works():
    gate = Gate(n_working=1, n_waiting=0, max_bytes=100)
    with pytest.raises(ZeroDivisionError):
        gate.run(lambda: 1 / 0)

    assert gate.run(lambda: 5) == 5
