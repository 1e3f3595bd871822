import dataclasses

import pytest

from engine.bench import candidates
from engine.bench.candidates import measure_candidates, read_sought
from engine.candidates import Candidates, Filters
from engine.errors import InvalidInputError


@pytest.fixture(scope="module")
def crops(filled):
    parts, queries = filled
    return read_sought(parts, queries)


def values(report, category="all"):
    return {name: recalls[category].value for name, recalls in report.recall.items()}


def test_a_small_catalog_is_named_whole_by_the_look(filled, crops):
    report = measure_candidates(filled[0], crops)

    assert (report.made_up, report.crops, report.compared) == (0, len(crops), 100)
    assert (values(report)["look"], values(report)["united"]) == (1.0, 1.0)
    assert values(report)["words"] == 0.0  # the reader reads nothing
    assert (report.gained, report.lost) == (0, 0)
    assert set(report.costs) == {"look", "details", "words", "united"}


def test_recall_counts_the_crops_whose_product_is_among_the_first(filled, crops, monkeypatch):
    parts, _ = filled
    monkeypatch.setattr(candidates, "N_COMPARED", 1)

    report = measure_candidates(parts, crops)

    looks = Candidates(parts.encoder.fingerprint, parts.index, channels=None)
    with parts.sessions() as session:
        images = [looks.near(session, crop.look, Filters())[0].image for crop in crops]
    by_look = [image.product_id == crop.product for image, crop in zip(images, crops, strict=True)]
    united = [
        parts.searcher.candidates(crop.look)[0].image.product_id == crop.product for crop in crops
    ]
    found = values(report)
    assert found["look"] == pytest.approx(sum(by_look) / len(crops))
    assert found["united"] == pytest.approx(sum(united) / len(crops))
    assert max(found["look"], found["details"]) <= found["any of them"] <= 1.0
    pairs = list(zip(by_look, united, strict=True))
    assert report.gained == sum(there and not look for look, there in pairs)
    assert report.lost == sum(look and not there for look, there in pairs)


def test_categories_are_reported_apart(filled, crops):
    half = [dataclasses.replace(crop, category="ab"[row % 2]) for row, crop in enumerate(crops)]

    report = measure_candidates(filled[0], half)

    assert list(report.recall["look"]) == ["all", "a", "b"]


def test_only_crops_of_products_of_the_catalog_are_sought(filled, tmp_path):
    parts, queries = filled
    rows = queries.read_text(encoding="utf-8").splitlines()
    product = rows[0].split(",").index("product")
    known = [row for row in rows[1:] if row.split(",")[product]]
    assert len(read_sought(parts, queries)) == len(known)
    assert len(read_sought(parts, queries, every=len(known))) == 1

    empty = tmp_path / "queries.csv"
    empty.write_text("image,product\nnowhere.jpg,nothing\n")
    with pytest.raises(InvalidInputError, match="no labelled crop"):
        read_sought(parts, empty)


def test_without_details_there_is_nothing_to_unite(filled):
    parts, queries = filled

    with pytest.raises(InvalidInputError, match="ENGINE_DETAILS"):
        read_sought(dataclasses.replace(parts, extractor=None), queries)
