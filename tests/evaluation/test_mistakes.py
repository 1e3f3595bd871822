from types import SimpleNamespace

from engine.evaluation.mistakes import in_short, worst_mistakes
from tests.evaluation.crops import crop, looks


def test_the_mistake_that_cost_most_comes_first():
    crops = [
        crop("milk", [("milk", 0.8), ("tea", 0.1)], 0.1, line=2),
        crop("milk", [("tea", 0.6), ("milk", 0.3)], 0.1, line=3),
        crop("", [("tea", 0.9)], 0.1, line=4),
        crop("milk", [("milk", 0.3)], 0.7, line=5),
        crop("", [("tea", 0.2)], 0.8, line=6),
    ]

    mistakes = worst_mistakes(crops)

    assert [(each.line, each.cost) for each in mistakes] == [(4, 0.8), (5, 0.4), (3, 0.3)]
    assert len(worst_mistakes(crops, limit=1)) == 1


def test_a_mistake_names_the_first_candidate_and_the_right_product():
    (mistake,) = worst_mistakes(
        [crop("milk", [("tea", 0.6), ("milk", 0.3)], scored=looks(tea=0.9, milk=0.8))]
    )

    assert (mistake.first.product, mistake.first.probability) == ("tea", 0.6)
    assert (mistake.right.product, mistake.right.probability, mistake.rank) == ("milk", 0.3, 2)
    assert mistake.right.picture == "0" * 64


def test_a_right_product_that_was_no_candidate_has_no_picture_that_spoke_for_it():
    (mistake,) = worst_mistakes([crop("milk", [("tea", 0.6)])])

    assert (mistake.right.product, mistake.right.picture, mistake.rank) == ("milk", "", None)


def test_a_crop_without_candidates_has_no_first():
    (mistake,) = worst_mistakes([crop("milk", [], unknown=1.0)])

    assert mistake.first is None


def test_evidence_of_any_kind_is_told_in_short():
    words = SimpleNamespace(kind="text", matched=["a", "b", "c", "d", "e"])

    assert in_short(words) == "words a, b, c, d"
    assert in_short(SimpleNamespace(kind="keypoints", inliers=7)) == "7 details"
    pattern = SimpleNamespace(kind="pattern", confirmed=31, palette=0.877)
    assert in_short(pattern) == "pattern 31 details, its colours 0.88"
    assert in_short(SimpleNamespace(kind="smell")) == "smell"
