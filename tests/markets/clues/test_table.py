import pytest

from engine.markets.clues.table import strengths


def test_weights_become_shares():
    assert strengths("SE:9|FI:1") == {"SE": pytest.approx(0.9), "FI": pytest.approx(0.1)}


def test_countries_without_weights_share_alike():
    assert strengths("NL|BE") == {"NL": 0.5, "BE": 0.5}
