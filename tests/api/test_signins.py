import pytest

from engine.api.signins import FailedSignIns


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_limit_is_passed_by_the_failure_after_it(clock):
    failures = FailedSignIns(limit=2, window_s=60, clock=clock)

    assert [failures.record("10.0.0.1") for _ in range(3)] == [0, 0, 60]


def test_a_failure_is_forgotten_after_the_window(clock):
    failures = FailedSignIns(limit=1, window_s=60, clock=clock)
    failures.record("10.0.0.1")
    clock.now = 45.0
    assert failures.record("10.0.0.1") == 15

    clock.now = 60.0
    assert failures.record("10.0.0.1") == 0


def test_addresses_are_counted_apart_but_a_network_of_ipv6_together(clock):
    failures = FailedSignIns(limit=1, window_s=60, clock=clock)

    failures.record("10.0.0.1")
    failures.record("2001:db8::1")

    assert failures.record("10.0.0.2") == 0
    assert failures.record("2001:db8::ffff") == 60
    assert failures.record("2001:db8:0:1::1") == 0


def test_memory_is_bounded_however_many_addresses_come(clock):
    failures = FailedSignIns(limit=1, max_addresses=100, clock=clock)

    for number in range(1000):
        failures.record(f"10.0.{number // 256}.{number % 256}")

    assert len(failures) == 100


def test_an_address_that_cannot_be_read_is_counted_as_it_stands(clock):
    failures = FailedSignIns(limit=1, clock=clock)
    failures.record("")

    assert failures.record("") > 0
