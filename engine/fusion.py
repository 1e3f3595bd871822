"""From signals to probabilities: each candidate's, and that none is right. Pure functions.

The model. Before looking, a crop shows no product of the catalog with probability `prior`, and
otherwise each of the catalog's `n` products alike. What is seen multiplies a product's odds by
the likelihood ratio

    r = p(seen | this product) / p(seen | another product) = exp(sum of weight * signal - bias),

a logistic model of few named signals, each of which can only speak *for* a product as it grows:
no weight is below 0. Bayes' rule gives

    P(product i) = (1 - prior) / n * r_i / Z,    P(unknown) = prior / Z,

with Z such that all sum to 1. Dividing by `n` is what keeps the probabilities true as a catalog
grows: a wrong product's r averages 1, so the sum over all wrong ones stays where it was.
Weights and bias are fitted by maximum likelihood (`engine.calibrate`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Signals:
    """What speaks for one candidate; 0 where a channel saw nothing."""

    embedding: float = 0.0
    """Cosine of the crop and the nearest reference image."""
    inliers: float = 0.0
    """ln(1 + keypoints that agree with a plausible map of the reference onto the crop)."""
    votes: float = 0.0
    """ln(1 + keypoints that agree roughly with one pose, as they also do on a bent surface)."""
    words: float = 0.0
    """Square root of the weight of the matched words, nats."""
    word_share: float = 0.0
    """That weight as a share of what the crop's words could have scored, 0 to 1."""
    colour: float = 0.0
    """Correlation of a and b with the reference where the rectified crop lies on it, from 0."""
    structure: float = 0.0
    """Correlation of lightness and of its gradients there, from 0; their mean."""
    code: float = 0.0
    """1 if a barcode in the crop is one of the product's."""


SIGNAL_NAMES = tuple(signal.name for signal in fields(Signals))


def signal_matrix(signals: Sequence[Signals]) -> Floats:
    """Return one row a candidate, columns as in `SIGNAL_NAMES`."""
    rows = [astuple(each) for each in signals]
    return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNAL_NAMES))


@dataclass(frozen=True)
class FusionModel:
    """Fitted weights of the signals, and the bias that they have to overcome."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """By the name of the signal, none below 0; a signal that is not named weighs 0."""
    bias: float = 0.0
    fitted_on: str = ""
    """Which encoder and labelled set the numbers come from."""

    def vector(self) -> Floats:
        """Return the weights in the order of `SIGNAL_NAMES`."""
        return np.array([self.weights.get(name, 0.0) for name in SIGNAL_NAMES])


@dataclass(frozen=True)
class Posterior:
    """Probabilities of the products given, in their order, and of `unknown`; they sum to 1."""

    products: Floats
    unknown: float


def log_odds(signals: Floats, n_products: int, model: FusionModel, prior: float) -> Floats:
    """Return each product's log odds against `unknown`.

    Parameters
    ----------
    signals : numpy.ndarray of float64, shape (m, len(SIGNAL_NAMES))
        Signals of each candidate product; products left out count as unlike.
    n_products : int
        Products that could have been found, at least m.
    model : FusionModel
        Fitted weights.
    prior : float
        Probability, before looking, that the product is not in the catalog, 0 to 1.

    Returns
    -------
    numpy.ndarray of float64, shape (m,)
        Natural logarithms.
    """
    base = np.log1p(-prior) - np.log(prior) - np.log(max(n_products, 1))
    return np.asarray(base + signals @ model.vector() - model.bias, dtype=np.float64)


def product_posterior(
    signals: Floats, n_products: int, model: FusionModel, prior: float
) -> Posterior:
    """Turn the signals of the candidate products into probabilities.

    Parameters
    ----------
    signals : numpy.ndarray of float64, shape (m, len(SIGNAL_NAMES))
        Signals of each candidate product.
    n_products : int
        Products that could have been found, at least m; 0 makes everything unknown.
    model : FusionModel
        Fitted weights.
    prior : float
        Probability, before looking, that the product is not in the catalog, 0 to 1.

    Returns
    -------
    Posterior
        Probabilities in the order of `signals`, and that of `unknown`.
    """
    if len(signals) == 0:
        return Posterior(np.zeros(0), 1.0)
    odds = log_odds(signals, n_products, model, prior)
    peak = max(float(odds.max()), 0.0)  # keeps exp from overflowing
    weights = np.exp(odds - peak)
    unknown_weight = float(np.exp(-peak))
    total = float(weights.sum()) + unknown_weight
    return Posterior(weights / total, unknown_weight / total)
