"""One data folder, two processes: what one writes the other finds, and a kill breaks nothing."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.catalog.index.snapshot import read_snapshot
from tests.catalog.index.conftest import FINGERPRINT, Catalog
from tests.catalog.index.vectors import random_unit

pytestmark = pytest.mark.slow

DIM = 256
ROOT = Path(__file__).parents[2]


def start(code, *arguments):
    """Start Python on some code with the names of this module."""
    prelude = "import sys; from tests.slow.test_two_processes import *; "
    command = [sys.executable, "-c", prelude + code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def import_products(folder, n):
    """Add and delete products, save the index now and then, and print what was committed."""
    catalog = Catalog(Path(folder), DIM)
    index = catalog.index()
    rng = np.random.default_rng(1)
    for number in range(n):
        ids = catalog.add(f"p{number}", *random_unit(rng, 3, DIM))
        print("added", *ids, flush=True)  # noqa: T201 - the test reads it
        if number % 5 == 4:
            catalog.delete(f"p{number - 2}")
        if number % 20 == 19:
            catalog.search(index, random_unit(rng, 1, DIM)[0])
            index.save()


def save_over_and_over(folder):
    """Spend most of the time in writing the snapshot."""
    catalog = Catalog(Path(folder), DIM)
    index = catalog.index()
    rng = np.random.default_rng()
    print("ready", flush=True)  # noqa: T201 - the test reads it
    while True:
        with catalog.sessions() as session:
            present = index.search(session, random_unit(rng, 1, DIM), 1)
        assert present.ids[0, 0] > 0
        catalog.add(f"p{rng.integers(1 << 62)}", *random_unit(rng, 2, DIM))
        with catalog.sessions() as session:
            index.catch_up(session)
        index.save()


def test_a_server_finds_what_an_import_adds_within_two_seconds(tmp_path):
    catalog = Catalog(tmp_path / "data", DIM)
    index = catalog.index()
    committed_at, seen_at, errors = {}, {}, []
    importer = start("import_products(sys.argv[1], 150)", catalog.folder)

    def note_commits():
        for line in importer.stdout:
            committed_at.update(dict.fromkeys(map(int, line.split()[1:]), time.monotonic()))

    def look():
        rng = np.random.default_rng(2)
        try:
            while importer.poll() is None:
                with catalog.sessions() as session:
                    index.search(session, random_unit(rng, 2, DIM), 5)
                held = index._index.ids().tolist()
                for number in held:
                    seen_at.setdefault(number, time.monotonic())
                index.save()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=target) for target in (note_commits, look, look, look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    importer.communicate()

    assert importer.returncode == 0
    assert errors == []
    assert len(committed_at) == 450
    delays = [
        seen_at[number] - committed_at[number] for number in seen_at if number in committed_at
    ]
    assert len(delays) > 300  # the others were deleted or came after the last look
    assert max(delays) < 2
    with catalog.sessions() as session:
        index.catch_up(session)
        index.verify(session)
        catalog.index().verify(session)
    catalog.database.dispose()


def test_a_kill_while_the_index_is_written_never_breaks_it(tmp_path):
    catalog = Catalog(tmp_path / "data", DIM)
    rng = np.random.default_rng(3)
    for number in range(4):
        catalog.add(f"base{number}", *random_unit(rng, 2000, DIM))
    chance = random.Random(4)
    n_unfinished = 0
    for _ in range(20):
        writer = start("save_over_and_over(sys.argv[1])", catalog.folder)
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.1, 0.6))
        writer.kill()
        writer.communicate()

        index = catalog.index()
        with catalog.sessions() as session:
            index.verify(session)
        if index.path.exists():
            read_snapshot(index.path, FINGERPRINT)  # whole
        n_unfinished += len(list(index.path.parent.glob(".*.part")))
        index.save()
        assert not list(index.path.parent.glob(".*.part"))
        with catalog.sessions() as session:
            assert read_snapshot(index.path, FINGERPRINT).header.version == index.version
            index.catch_up(session)
    assert n_unfinished > 0  # some kills did hit a write
    catalog.database.dispose()
