"""From signals to probabilities: each candidate's, and that none is right. Pure functions.

Two questions, and other signals answer each: *which* candidate is likest, and is *any* of them
right. A sibling shares most details with the right product and differs in a colour or a word;
a foreign product shares nothing. So the model has two parts, both logistic, both with few named
signals that can only speak *for* a product as they grow: no weight is below 0. (What speaks against
one is a signal of 0 or below.)

    P(product i | one of them is right) = exp(rank . s_i) / sum over j of exp(rank . s_j)
    P(one of them is right)             = 1 / (1 + exp(-(known . s_first - bias + shift)))

with s_first the signals of the likest candidate. Weights and biases are fitted by maximum
likelihood to crops of which `FIT_PRIOR` were unknown (`engine.calibrate`); for another prior
`shift` is the difference of the two log odds, as Bayes' rule has it. What is known of a category
can be fitted apart: on an apple neither words nor printed details are to be expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIT_PRIOR = 0.2
"""Share of unknown crops in the fit; `Settings.unknown_prior` replaces it in use."""

SIGNAL_DIGITS = 4
"""Decimals that are weighed: an embedding's last digits, some 1e-7 of a cosine, change with the
number of threads, and probabilities would change with them."""

ANY_CATEGORY = ""
"""Row of `FusionModel.known` for categories without one of their own."""


@dataclass(frozen=True)
class Signals:
    """What speaks for one candidate; 0 where a channel saw nothing."""

    embedding: float = 0.0
    """Cosine of the crop and its nearest reference image, as the looks at the crop that see it
    best have it (`engine.embed.looks`)."""
    inliers: float = 0.0
    """ln(1 + keypoints that agree with a plausible map of the reference onto the crop)."""
    inlier_share: float = 0.0
    """Those keypoints as a share of all that look alike, wherever they lie, 0 to 1."""
    votes: float = 0.0
    """ln(1 + keypoints that agree roughly with one pose, as they also do on a bent surface)."""
    words: float = 0.0
    """Square root of the weight of the matched words, nats."""
    word_share: float = 0.0
    """That weight as a share of what the crop's words could have scored, 0 to 1."""
    words_missed: float = 0.0
    """Minus the square root of what those words could have scored and did not, nats: down to -6."""
    word_contradiction: float = 0.0
    """-ln(1 + letters of words in whose place the reference has others, or more): 0 or below."""
    colour: float = 0.0
    """Correlation of a and b with the reference where the rectified crop lies on it, from 0."""
    structure: float = 0.0
    """Correlation of lightness and of its gradients there, from 0; their mean."""
    odd_place: float = 0.0
    """Minus the distance in Lab of the place that differs most, where a sibling may have another
    word or fruit, as a multiple of the median one; 0 where the crop was not laid on anything."""
    pattern: float = 0.0
    """Minus ln(1 + median distance in Lab) of a reference that repeats itself, as a wallpaper does,
    from the crop; 0 for other references and where it could not be laid on the crop."""
    palette: float = 0.0
    """Minus the share of the colours, 0 to 1, that the crop does not have in common with such a
    reference; 0 as above: a chair of equal bars may stand in a room of other colours."""
    code: float = 0.0
    """1 if a barcode in the crop is one of the product's."""


SIGNAL_NAMES = tuple(signal.name for signal in fields(Signals))

_VALUES = attrgetter(*SIGNAL_NAMES)  # `astuple` copies, and takes thirty times as long


def signal_matrix(signals: Sequence[Signals]) -> Floats:
    """Return one row a candidate, columns as in `SIGNAL_NAMES`, `SIGNAL_DIGITS` of each number."""
    rows = np.array([_VALUES(each) for each in signals], dtype=np.float64)
    return rows.reshape(-1, len(SIGNAL_NAMES)).round(SIGNAL_DIGITS)


@dataclass(frozen=True)
class KnownModel:
    """Whether the likest candidate is good enough for any to be right."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """By the name of the signal, none below 0; a signal that is not named weighs 0."""
    bias: float = 0.0


@dataclass(frozen=True)
class FusionModel:
    """Fitted weights of the signals."""

    rank: Mapping[str, float] = field(default_factory=dict)
    """What tells the candidates apart; by the name of the signal, none below 0."""
    known: Mapping[str, KnownModel] = field(default_factory=lambda: {ANY_CATEGORY: KnownModel()})
    """By the category of the likest candidate."""
    fitted_on: str = ""
    """Which encoder and labelled set the numbers come from."""

    def known_in(self, category: str) -> KnownModel:
        """Return the row of a category, or that of any."""
        return self.known.get(category) or self.known[ANY_CATEGORY]


@dataclass(frozen=True)
class Posterior:
    """Probabilities of the products given, in their order, and of `unknown`; they sum to 1."""

    products: Floats
    unknown: float


def weight_vector(weights: Mapping[str, float]) -> Floats:
    """Return weights in the order of `SIGNAL_NAMES`."""
    return np.array([weights.get(name, 0.0) for name in SIGNAL_NAMES])


def rank_scores(signals: Floats, model: FusionModel) -> Floats:
    """Return how much speaks for each candidate against the others, nats, shape (m,)."""
    return np.asarray(signals @ weight_vector(model.rank), np.float64)


def product_posterior(
    signals: Floats, model: FusionModel, prior: float, categories: Sequence[str] = ()
) -> Posterior:
    """Turn the signals of the candidate products into probabilities.

    Parameters
    ----------
    signals : numpy.ndarray of float64, shape (m, len(SIGNAL_NAMES))
        Signals of each candidate product; products left out count as impossible.
    model : FusionModel
        Fitted weights.
    prior : float
        Probability, before looking, that the product is not in the catalog, above 0, below 1.
    categories : sequence of str
        Of each candidate; none where they are not known.

    Returns
    -------
    Posterior
        Probabilities in the order of `signals`, and that of `unknown`.
    """
    if len(signals) == 0:
        return Posterior(np.zeros(0), 1.0)
    scores = rank_scores(signals, model)
    first = int(scores.argmax())
    known = model.known_in(categories[first] if categories else ANY_CATEGORY)
    odds = float(signals[first] @ weight_vector(known.weights)) - known.bias
    odds += log_odds(1 - prior) - log_odds(1 - FIT_PRIOR)
    shares = np.exp(scores - scores.max())
    return Posterior(logistic(odds) * shares / shares.sum(), logistic(-odds))


def log_odds(probability: float) -> float:
    """Return ln(p / (1 - p))."""
    return float(np.log(probability) - np.log1p(-probability))


def logistic(odds: float) -> float:
    """Return the probability of natural log odds; far out it is 0 or 1, never an overflow."""
    return float(np.exp(-np.logaddexp(0.0, -odds)))
