import pytest

from engine.cli.tables import print_result
from engine.results import (
    Candidate,
    CatalogInfo,
    CropResult,
    EmbeddingEvidence,
    ImageInfo,
    KeypointsEvidence,
    ModelInfo,
    PatternEvidence,
    ProductInfo,
    SearchResult,
)


@pytest.fixture
def table(capsys, monkeypatch):
    """Print the table of one candidate with some evidence; return its text on one line."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*evidence):
        product = ProductInfo("paper-1", "Paper", "Tapet", "decor", [], ["SE"])
        candidate = Candidate(1, product, 0.87, list(evidence), "/v1/x")
        crop = CropResult(ImageInfo("crop.png", "a" * 64, 8, 8), [candidate], 0.13, 1.0, [])
        model, catalog = ModelInfo("compact", "f" * 64), CatalogInfo(7)
        print_result(SearchResult([crop], model, catalog, {"total": 1.0}))
        return " ".join(capsys.readouterr().out.split())

    return run


def test_a_pattern_is_told_with_its_details_and_colours(table):
    printed = table(EmbeddingEvidence(0.5), PatternEvidence(31, 1.23, 12.0, 0.877))

    assert "look 0.50, pattern 31 details, its colours 0.88" in printed


def test_evidence_stands_in_the_order_of_the_answer(table):
    printed = table(KeypointsEvidence(9), EmbeddingEvidence(0.5))

    assert "9 details, look 0.50" in printed
