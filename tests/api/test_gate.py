import threading

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


def test_turns_are_taken_in_the_order_of_asking():
    gate = Gate(n_working=1, n_waiting=10, max_bytes=100)
    order = []
    asked = threading.Semaphore(0)
    threads = []

    def work(number):
        with gate.turn():
            order.append(number)

    with gate.turn():
        for number in range(5):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            threads.append(thread)
            while gate.n_asked < number + 2:
                asked.acquire(timeout=0.01)
        assert order == []
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4]


def test_no_more_work_at_once_than_allowed():
    gate = Gate(n_working=2, n_waiting=10, max_bytes=100)
    present, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(2)

    def work():
        nonlocal present, most
        with gate.turn():
            with lock:
                present += 1
                most = max(most, present)
            together.wait(5)
            with lock:
                present -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert most == 2


def test_a_turn_ends_when_the_work_fails():
    gate = Gate(n_working=1, n_waiting=0, max_bytes=100)
    with pytest.raises(ZeroDivisionError), gate.turn():
        _ = 1 / 0

    with gate.turn():
        pass
