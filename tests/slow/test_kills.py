import csv
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.catalog.database import open_database, session_factory
from engine.catalog.files import ImageFiles
from engine.catalog.index.live import LiveIndex
from engine.catalog.store import CatalogStore
from engine.ingest import Ingester
from tests.fakes import MeanColourEncoder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
N_KILLS = 20
N_PRODUCTS = 100
N_PICTURES = 40
FINGERPRINT = MeanColourEncoder.fingerprint


class Rounds:
    """Manifests of the same products, each round with another brand and other pictures."""

    def __init__(self, folder):
        self._folder = folder
        pixels = np.random.default_rng(1).integers(0, 256, (160, 240, 3), dtype=np.uint8)
        for number in range(N_PICTURES):
            Image.fromarray(np.roll(pixels, number, axis=0)).save(folder / f"{number}.png")

    def pictures(self, product, number):
        """Return the file names of a product's pictures in a round."""
        return sorted(
            {f"{(product + number) % N_PICTURES}.png", f"{(product * 7 + number) % N_PICTURES}.png"}
        )

    def manifest(self, number):
        path = self._folder / f"round{number}.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "name", "brand", "markets", "images"])
            for product in range(N_PRODUCTS):
                images = "|".join(self.pictures(product, number))
                writer.writerow([f"p{product}", "Soap", f"round {number}", "SE|NO", images])
        return path


def start(data, manifest):
    command = [sys.executable, "-m", "tests.slow.importing", data, manifest]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begin\n"
    return process


def kill_at_random(process, rng):
    """Kill the process within its work; return the products that it acknowledged before."""
    with process:
        lines = list(islice(process.stdout, rng.randrange(60)))
        time.sleep(rng.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        lines += process.stdout
    return set("".join(lines).split("\n")[:-1]), process.returncode == -signal.SIGKILL


def check_products(store, files, rounds, number, acknowledged):
    """Every product is whole, as of this round or an earlier one; acknowledged ones of this."""
    for product in store.all_products():
        told = int(product.brand.removeprefix("round "))
        names = sorted(image.filename for image in product.images)
        assert names == rounds.pictures(int(product.key[1:]), told)
        assert product.markets == ["NO", "SE"]
        for image in product.images:
            assert files.has(image.sha256)
            assert store.has_embedding(image, FINGERPRINT)
        if product.key in acknowledged:
            assert told == number
    assert acknowledged <= store.product_keys()


def check_catalog(data, rounds, number, acknowledged):
    with closing(sqlite3.connect(data / "catalog.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    database = open_database(data / "catalog.sqlite3")
    sessions = session_factory(database)
    with sessions() as session:
        check_products(
            CatalogStore(session), ImageFiles(data / "images"), rounds, number, acknowledged
        )
        index = LiveIndex(sessions, data / "index", FINGERPRINT, MeanColourEncoder.dim)
        index.catch_up(session)
        index.verify(session)
    database.dispose()


def test_what_was_acknowledged_outlives_a_kill_at_any_moment(tmp_path):
    rng = random.Random(7)
    data, pictures = tmp_path / "data", tmp_path / "pictures"
    pictures.mkdir()
    rounds = Rounds(pictures)
    n_kills, n_acknowledged, number = 0, [], 0
    while n_kills < N_KILLS:
        acknowledged, was_killed = kill_at_random(start(data, rounds.manifest(number)), rng)
        check_catalog(data, rounds, number, acknowledged)
        n_kills += was_killed
        n_acknowledged.append(len(acknowledged))
        number += 1

    assert len(set(n_acknowledged)) > N_KILLS / 4, "the kills should hit different moments"
    with start(data, rounds.manifest(number)) as process:
        everything = set(process.stdout.read().split())
    assert process.returncode == 0
    assert everything == {f"p{product}" for product in range(N_PRODUCTS)}
    check_catalog(data, rounds, number, everything)


def test_what_a_kill_leaves_behind_can_be_removed(tmp_path):
    rng = random.Random(8)
    data, pictures = tmp_path / "data", tmp_path / "pictures"
    pictures.mkdir()
    rounds = Rounds(pictures)
    for number in range(4):
        kill_at_random(start(data, rounds.manifest(number)), rng)
    database = open_database(data / "catalog.sqlite3")
    sessions, files = session_factory(database), ImageFiles(data / "images")

    Ingester(sessions, files, MeanColourEncoder()).remove_unreferenced(older_than_s=-1)

    left = {path.name[:64] for path in (data / "images").rglob("*") if path.is_file()}
    with sessions() as session:
        store = CatalogStore(session)
        used = {image.sha256 for product in store.all_products() for image in product.images}
    assert left == used
    database.dispose()
