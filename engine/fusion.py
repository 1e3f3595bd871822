"""From scores to probabilities: each candidate's, and that none is right. Pure functions.

The model. Before looking, a crop shows no product of the catalog with probability `prior`, and
otherwise each of the catalog's `n` products alike. A score s (the cosine of the product's best
reference image) multiplies a product's odds by the likelihood ratio

    r(s) = p(s | this product) / p(s | another product) = exp((s - threshold) / temperature),

which is the exact form when both kinds of score are normal with one variance. Bayes' rule gives

    P(product i) = (1 - prior) / n * r(s_i) / Z,    P(unknown) = prior / Z,

with Z such that all sum to 1. Dividing by `n` is what keeps the probabilities true as a catalog
grows: a wrong product's r averages 1, so the sum over all wrong ones stays where it was.
`threshold` and `temperature` are fitted by maximum likelihood (`engine.calibrate`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FusionModel:
    """The two fitted numbers of the model, both in units of the cosine."""

    threshold: float
    """Score at which a look speaks neither for nor against a product."""
    temperature: float
    """Score that multiplies a product's odds by e; above 0."""
    fitted_on: str = ""
    """Which encoder and labelled set the numbers come from."""


@dataclass(frozen=True)
class Posterior:
    """Probabilities of the products given, in their order, and of `unknown`; they sum to 1."""

    products: Floats
    unknown: float


def log_odds(scores: Floats, n_products: int, model: FusionModel, prior: float) -> Floats:
    """Return each product's log odds against `unknown`.

    Parameters
    ----------
    scores : numpy.ndarray of float64, shape (m,)
        Best cosine of each candidate product; products left out count as far away.
    n_products : int
        Products that could have been found, at least m.
    model : FusionModel
        Fitted threshold and temperature.
    prior : float
        Probability, before looking, that the product is not in the catalog, 0 to 1.

    Returns
    -------
    numpy.ndarray of float64, shape (m,)
        Natural logarithms.
    """
    base = np.log1p(-prior) - np.log(prior) - np.log(n_products)
    return np.asarray(base + (scores - model.threshold) / model.temperature, dtype=np.float64)


def product_posterior(
    scores: Floats, n_products: int, model: FusionModel, prior: float
) -> Posterior:
    """Turn the best cosines of the candidate products into probabilities.

    Parameters
    ----------
    scores : numpy.ndarray of float64, shape (m,)
        Best cosine of each candidate product.
    n_products : int
        Products that could have been found, at least m; 0 makes everything unknown.
    model : FusionModel
        Fitted threshold and temperature.
    prior : float
        Probability, before looking, that the product is not in the catalog, 0 to 1.

    Returns
    -------
    Posterior
        Probabilities in the order of `scores`, and that of `unknown`.
    """
    if len(scores) == 0:
        return Posterior(np.zeros(0), 1.0)
    odds = log_odds(scores, n_products, model, prior)
    peak = max(float(odds.max()), 0.0)  # keeps exp from overflowing
    weights = np.exp(odds - peak)
    unknown_weight = float(np.exp(-peak))
    total = float(weights.sum()) + unknown_weight
    return Posterior(weights / total, unknown_weight / total)
