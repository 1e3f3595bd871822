import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.catalog.fields import gtin_check_digit
from engine.catalog.lines import BadRow
from engine.catalog.manifest import ManifestRow
from engine.catalog.openfoodfacts import Dump
from engine.markets.facts import Fact

FOLDER = Path(__file__).parent
CODE = "7310865004703"


def gtin(digits):
    return digits + gtin_check_digit(digits)


@pytest.fixture
def read(tmp_path) -> Callable[..., tuple[list[ManifestRow | BadRow], Dump]]:
    """Read entries, or a file; entries need only what the test is about."""

    def run(*entries, path=None, images=None, keeps_without_images=True):
        if path is None:
            path = tmp_path / "dump.jsonl"
            whole = [{"code": CODE, "product_name": "Soap", **entry} for entry in entries]
            path.write_text("".join(json.dumps(entry) + "\n" for entry in whole))
        dump = Dump(path, images, keeps_without_images=keeps_without_images)
        return list(dump.rows()), dump

    return run


@pytest.fixture
def claims(read):
    """Return the claims of one kind of one entry: value, observations and whether it is weak."""

    def run(kind=Fact.MARKET, **fields):
        ((row,), _) = read(fields)
        return [
            (claim.value, claim.observations, claim.is_weak)
            for claim in row.claims
            if claim.kind is kind
        ]

    return run


@pytest.fixture
def countries(claims):
    """Return the market countries of one entry, and those of them that are weak."""

    def run(**fields):
        found = claims(**fields)
        return [value for value, *_ in found], [value for value, _, is_weak in found if is_weak]

    return run
