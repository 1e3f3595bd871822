import numpy as np
import pytest

from engine.fusion import Posterior
from engine.weighing import Weighed, _is_in_doubt


@pytest.mark.parametrize(
    ("probabilities", "in_doubt"),
    [
        ([0.5, 0.4], True),
        ([0.2, 0.6], True),  # whichever comes first
        ([0.95, 0.01], False),  # sure enough
        ([0.1, 0.1], False),  # nothing worth reading for
        ([], False),
    ],
)
def test_a_crop_is_read_again_where_its_likeliest_candidate_is_in_doubt(probabilities, in_doubt):
    posterior = Posterior(np.array(probabilities), 1 - sum(probabilities))

    assert _is_in_doubt(Weighed([], posterior)) == in_doubt
