import pytest

from engine.markets.clues.labels import Labels

LABELS = Labels.of(["Tel", "P. IVA", "Téléphone"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Tel. 123", "tel"),
        ("TELEPHONE 123", "telephone"),
        ("P.IVA 123", "p.iva"),
        ("tel\n123", "tel"),
        ("P.IVA, tel 123", "tel"),
        ("Tel123", "tel"),
    ],
)
def test_the_nearest_label_before_a_place_is_found(text, label):
    assert LABELS.last_before(text, text.index("123")) == label


@pytest.mark.parametrize(
    "text",
    [
        "hotel 123",
        "123 tel",
        "tel\n\n123",
        "tel" + " " * 60 + "123",
        "ho" + "tel" + " " * 37 + "123",
    ],
)
def test_a_part_of_a_word_or_one_too_far_away_is_no_label(text):
    assert LABELS.last_before(text, text.index("123")) is None


@pytest.mark.parametrize("text", ["tel 123", "123 tel", "123\n\nTel.", "Téléphone\n\n123"])
def test_a_label_may_stand_on_any_side(text):
    at = text.index("123")

    assert LABELS.found_near(text, at, at + 3)


@pytest.mark.parametrize("text", ["hotel 123", "123 hotel", "123" + " " * 60 + "tel", "123"])
def test_a_label_far_away_or_within_a_word_is_not_near(text):
    at = text.index("123")

    assert not LABELS.found_near(text, at, at + 3)


def test_a_label_near_a_place_may_stand_any_number_of_lines_above():
    text = "tel" + "\n" * 30 + "123"
    at = text.index("123")

    assert LABELS.found_near(text, at, at + 3)
    assert LABELS.found_near(text, at, at + 3, reach=33)
    assert not LABELS.found_near(text, at, at + 3, reach=32)
