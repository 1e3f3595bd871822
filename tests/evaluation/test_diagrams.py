from xml.etree import ElementTree

from engine.evaluation.diagrams import interval_bar, reliability_diagram
from engine.metrics import Estimate, reliability


def elements(markup, name):
    root = ElementTree.fromstring(markup)
    return [each for each in root.iter() if each.tag.rpartition("}")[2] == name]


def test_a_bin_is_a_dot_at_its_probability_and_share():
    bins = reliability([0.75] * 4 + [0.15], [True, True, True, False, False])

    dots = elements(reliability_diagram(bins, "first candidate"), "circle")

    places = [(dot.get("cx"), dot.get("cy")) for dot in dots]
    # 260 px a side, 44 px from the left, 12 from the top
    assert places == [("83.0", "272.0"), ("239.0", "77.0")]
    assert float(dots[1].get("r")) == 2 * float(dots[0].get("r")) == 11.0
    assert "".join(dots[1].itertext()) == "4 crops: probability 0.75, right 0.75"


def test_without_crops_the_diagram_is_empty():
    assert elements(reliability_diagram(reliability([], []), "first candidate"), "circle") == []


def test_an_interval_is_a_band_with_the_value_on_it():
    _, band, value = elements(interval_bar(Estimate(0.5, 0.25, 0.75)), "line")

    assert (band.get("x1"), band.get("x2"), value.get("x1")) == ("25.0", "75.0", "50.0")


def test_a_signed_track_has_zero_in_its_middle():
    lines = elements(interval_bar(Estimate(-0.5, -1.0, 0.0), signed=True), "line")

    assert lines[-1].get("x1") == "25.0"
    assert [line.get("x1") for line in lines if line.get("class") == "zero"] == ["50"]
