import threading

from engine.catalog.index.lock import ReadWriteLock


def run(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in threads)


def test_readers_hold_the_lock_together():
    lock, meeting = ReadWriteLock(), threading.Barrier(3, timeout=5)

    def read():
        with lock.reading():
            meeting.wait()  # passes only if all three are inside

    run(read, read, read)


def test_a_writer_holds_the_lock_alone():
    lock, log = ReadWriteLock(), []

    def write():
        for _ in range(200):
            with lock.writing():
                log.append("in")
                log.append("out")

    def read():
        for _ in range(200):
            with lock.reading():
                assert len(log) % 2 == 0

    run(write, read, write, read)

    assert log == ["in", "out"] * 400


def test_a_waiting_writer_goes_before_new_readers():
    lock, order = ReadWriteLock(), []
    is_writer_waiting, may_leave = threading.Event(), threading.Event()

    def first_reader():
        with lock.reading():
            may_leave.wait(timeout=5)

    def writer():
        is_writer_waiting.set()
        with lock.writing():
            order.append("writer")

    def second_reader():
        is_writer_waiting.wait(timeout=5)
        while not lock._n_waiting_writers:
            pass
        may_leave.set()
        with lock.reading():
            order.append("reader")

    first = threading.Thread(target=first_reader)
    first.start()
    while not lock._n_readers:
        pass
    run(writer, second_reader)
    first.join(timeout=5)

    assert order == ["writer", "reader"]


def test_an_exception_inside_frees_the_lock():
    lock = ReadWriteLock()
    for hold in (lock.reading, lock.writing):
        try:
            with hold():
                raise KeyError
        except KeyError:
            pass

    run(lock.writing().__enter__)
