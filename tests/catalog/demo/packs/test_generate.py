"""The folder of packs that is written."""

import hashlib

import pytest

from engine.catalog.demo.packs import generate_packs
from tests.catalog.demo.conftest import read


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Twelve crops in a folder."""
    return generate_packs(tmp_path_factory.mktemp("packs"), crops=12, seed=6)


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.jpg"))
    }


def test_a_smaller_number_writes_the_same_first_crops(written, tmp_path):
    small = generate_packs(tmp_path, crops=5, seed=6)

    larger = digests(written.manifest.parent)
    assert digests(tmp_path).items() <= larger.items()
    assert read(small.sidecar) == read(written.sidecar)[:5]
    assert read(small.queries) == read(written.queries)[:5]


def test_every_second_pack_is_in_the_catalog(written):
    known = [row["product"] for row in read(written.queries)]

    assert written.products == 6
    assert known[0::2] == [""] * 6
    assert known[1::2] == [row["id"] for row in read(written.manifest)]


def test_queries_name_the_country_where_the_pack_was_bought(written):
    queries, packs = read(written.queries), read(written.sidecar)

    assert [(row["image"], row["market"]) for row in queries] == [
        (row["image"], row["country"]) for row in packs
    ]


def test_the_catalog_knows_all_countries_that_share_a_pack(written):
    shared = {
        f"pack{number:06d}": row["markets"] for number, row in enumerate(read(written.sidecar))
    }

    for row in read(written.manifest):
        assert row["markets"] == shared[row["id"]]


def test_progress_counts_the_crops(tmp_path):
    seen = []

    generate_packs(tmp_path, crops=2, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(1, 2), (2, 2)]


def test_every_second_product_is_known_by_its_back_too(written):
    pictures = [row["images"].split("|") for row in read(written.manifest)]

    assert [len(names) for names in pictures] == [2, 1] * 3
    assert all((written.manifest.parent / name).is_file() for names in pictures for name in names)


def test_a_query_tells_whether_the_catalog_has_the_side_that_it_shows(written):
    sides = [row["side"] for row in read(written.sidecar)]

    for number, row in enumerate(read(written.queries)):
        told = [group for group in row["groups"].split("|") if group.startswith("side that")]
        is_seen = sides[number] == "front" or number % 4 == 1
        expected = f"side that the catalog {'has' if is_seen else 'lacks'}"
        assert told == ([expected] if row["product"] else [])
    assert {"front", "patch"} <= set(sides[1::2])
