import pytest

from engine.embed.text.reader import RapidReader
from tests.cli.conftest import document


@pytest.fixture(autouse=True)
def nothing_is_read(monkeypatch):
    """Words of plain colours are none; looking for them takes seconds."""
    monkeypatch.setattr(RapidReader, "read", lambda *_, **__: [])


def test_candidates_are_measured_in_the_catalog_and_in_a_filled_copy(
    engine, manifest, queries, data
):
    engine("import", manifest)
    before = (data / "catalog.sqlite3").read_bytes()

    result = engine("bench", "candidates", queries, "--references", 150, "--json")

    real, filled = document(result)["candidates"]
    assert (real["references"], real["made_up"], real["crops"]) == (3, 0, 2)
    assert (filled["references"], filled["made_up"], filled["crops"]) == (150, 147, 2)
    assert real["recall"]["look"]["all"]["value"] == 1.0
    assert set(filled["recall"]) == {"look", "details", "words", "any of them", "united"}
    assert (data / "catalog.sqlite3").read_bytes() == before


def test_candidates_are_printed_as_tables(engine, manifest, queries):
    engine("import", manifest)

    result = engine("bench", "candidates", queries, "--references", 20)

    assert result.exit_code == 0
    assert "3 references, 0 of them made up" in result.stdout
    assert "20 references, 17 of them made up" in result.stdout


def test_a_catalog_that_is_large_enough_is_refused(engine, manifest, queries):
    engine("import", manifest)

    result = engine("bench", "candidates", queries, "--references", 2)

    assert result.exit_code == 1
    assert "3 references already" in result.stderr
