from dataclasses import replace

from engine.evaluate import evaluate
from engine.evaluation.labelled import Recognised
from engine.results import ModelInfo
from tests.evaluation.crops import crop


def timed(*stages):
    """A crop a dictionary of milliseconds."""
    return [replace(crop("milk", [("milk", 0.9)]), elapsed_ms=each) for each in stages]


def test_a_stage_that_some_crops_go_without_counts_nothing_there():
    crops = timed(
        {"total": 10.0},
        {"total": 30.0, "read again": 20.0},
        {"total": 50.0, "read again": 40.0},
    )

    evaluation = evaluate(Recognised(crops, [], []), ModelInfo("compact", "f"), 0.2)

    assert evaluation.median_ms == {"total": 30.0, "read again": 20.0}
