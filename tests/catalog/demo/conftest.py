"""One small catalog for all tests that only read it."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.catalog.demo import DemoCatalog, generate

SEED = 5


@dataclass(frozen=True)
class Written:
    """A catalog on disk with its rows read back."""

    folder: Path
    summary: DemoCatalog
    rows: list[dict[str, str]]
    queries: list[dict[str, str]]


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """A catalog of 24 products and 12 crops."""
    folder = tmp_path_factory.mktemp("demo")
    summary = generate(folder, products=24, crops=12, seed=SEED)
    return Written(folder, summary, read(summary.manifest), read(summary.queries))


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
