"""Fits the two numbers of the fusion on labelled crops, and keeps them for each encoder.

Every crop whose product is in the catalog teaches twice: as it is, and once more as a crop of an
unknown product, with the right product struck from the candidates. So the fit needs no
unknown crops, and learns what the nearest wrong product looks like (leave one product out).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from engine.errors import InvalidInputError
from engine.fusion import SIGNAL_NAMES, Floats, FusionModel, product_posterior
from engine.metrics import Outcome, calibration_error, unknown_auroc

SMALLEST = 1e-9
"""Floor of a probability inside a logarithm."""

FIT_PRIOR = 0.2
"""Weight of the unknown crops in the fit; `Settings.unknown_prior` replaces it in use."""

START_WEIGHT = 1.0

RIDGE = 1e-4
"""Penalty on squared weights, small beside a loss of about 1."""

ANY_ENCODER = "*"
"""Row of the defaults for encoders that nobody has calibrated yet."""

DEFAULTS_PATH = Path(__file__).with_name("fusion_defaults.json")


@dataclass(frozen=True)
class ScoredCrop:
    """A labelled crop's candidates, as the fusion sees them, and which of them is right."""

    signals: Floats
    """Of each candidate product, shape (m, len(SIGNAL_NAMES))."""
    right: int | None
    """Position of the right product; none when it is unknown or was not among them."""
    n_products: int
    """Products that could have been found."""
    product: str
    """The right product's id, empty when unknown."""


def fit_fusion(crops: Sequence[ScoredCrop], fitted_on: str) -> FusionModel:
    """Fit weights and bias by maximum likelihood.

    Parameters
    ----------
    crops : sequence of ScoredCrop
        At least one with a right candidate.
    fitted_on : str
        Note that is kept with the numbers.

    Returns
    -------
    FusionModel
        No weight is below 0.

    Raises
    ------
    InvalidInputError
        If no crop shows a product that was found.
    """
    if all(crop.right is None for crop in crops):
        raise InvalidInputError(
            "no labelled crop shows a product of this catalog: check the ids in the query file"
        )
    lessons = _lessons(crops)
    start = np.append(np.where(_is_seen(crops), START_WEIGHT, 0.0), START_WEIGHT)
    bounds = [(0.0, None if seen else 0.0) for seen in _is_seen(crops)] + [(None, None)]
    found = minimize(_loss, start, args=(lessons,), jac=True, bounds=bounds, method="L-BFGS-B")
    *weights, bias = (float(value) for value in found.x)
    named = {name: weight for name, weight in zip(SIGNAL_NAMES, weights, strict=True) if weight > 0}
    return FusionModel(named, bias, fitted_on)


def _is_seen(crops: Sequence[ScoredCrop]) -> NDArray[np.bool_]:
    """Tell which signals any crop has: the weight of another one means nothing."""
    seen = np.array([crop.signals.any(axis=0) for crop in crops])
    return np.asarray(seen.any(axis=0), np.bool_)


@dataclass(frozen=True)
class Lesson:
    """A crop, what is right for it, and how much it counts."""

    crop: ScoredCrop
    weight: float


def _lessons(crops: Sequence[ScoredCrop]) -> list[Lesson]:
    """Return each crop, and each known one as unknown too; both kinds weighed by the prior."""
    known = [crop for crop in crops if crop.right is not None]
    unknown = [crop for crop in crops if crop.right is None]
    unknown += [_without_right(crop) for crop in known]
    return [Lesson(crop, (1 - FIT_PRIOR) / len(known)) for crop in known] + [
        Lesson(crop, FIT_PRIOR / len(unknown)) for crop in unknown
    ]


def _loss(parameters: Floats, lessons: Sequence[Lesson]) -> tuple[float, Floats]:
    """Return the negative log likelihood and its gradient.

    The gradient of ln P(i) is the signals of i less the mean signals under the posterior; that
    of the bias is the same with a constant signal of -1. `RIDGE` keeps weights of signals that
    separate the labelled crops perfectly from growing without end.
    """
    weights, bias = parameters[:-1], float(parameters[-1])
    model = FusionModel(dict(zip(SIGNAL_NAMES, weights.tolist(), strict=True)), bias)
    loss = RIDGE * float(weights @ weights)
    gradient = np.append(2 * RIDGE * weights, 0.0)
    for lesson in lessons:
        crop = lesson.crop
        posterior = product_posterior(crop.signals, crop.n_products, model, FIT_PRIOR)
        right = posterior.unknown if crop.right is None else posterior.products[crop.right]
        loss -= lesson.weight * float(np.log(max(float(right), SMALLEST)))
        slope = np.append(posterior.products @ crop.signals, -posterior.products.sum())
        if crop.right is not None:
            slope -= np.append(crop.signals[crop.right], -1.0)
        gradient += lesson.weight * slope
    return loss, gradient


@dataclass(frozen=True)
class HeldOutFigures:
    """Figures of crops whose products the fit did not see."""

    crops: int
    calibration_error: float | None
    unknown_auroc: float | None


def cross_fit(crops: Sequence[ScoredCrop], prior: float) -> HeldOutFigures:
    """Fit on one half of the products, judge the other, both ways.

    Each crop whose product was found is judged twice, as it is and with its product struck from
    the catalog, so that the figures cover unknown crops even where the labelled set has none.
    """
    halves = _halves(crops)
    outcomes: list[Outcome] = []
    for fit_on, judge_on in (halves, halves[::-1]):
        model = fit_fusion(fit_on, "half of the products")
        for crop in judge_on:
            outcomes += _judged(crop, model, prior)
    return HeldOutFigures(len(crops), calibration_error(outcomes), unknown_auroc(outcomes))


def _halves(crops: Sequence[ScoredCrop]) -> tuple[list[ScoredCrop], list[ScoredCrop]]:
    """Split by product: every second id in alphabetical order, unknown crops in turn."""
    products = sorted({crop.product for crop in crops} - {""})
    if len(products) < 2:  # one product for each half
        raise InvalidInputError("to calibrate, label crops of two products or more")
    first = set(products[::2])
    known = [[c for c in crops if c.product and (c.product in first) == side] for side in (1, 0)]
    unknown = [crop for crop in crops if not crop.product]
    return known[0] + unknown[::2], known[1] + unknown[1::2]


def _judged(crop: ScoredCrop, model: FusionModel, prior: float) -> list[Outcome]:
    outcomes = [_outcome(crop, model, prior)]
    if crop.right is not None:
        outcomes.append(_outcome(_without_right(crop), model, prior))
    return outcomes


def _without_right(crop: ScoredCrop) -> ScoredCrop:
    """Return the crop as it would look if its product were not in the catalog."""
    assert crop.right is not None
    others = np.delete(crop.signals, crop.right, axis=0)
    return ScoredCrop(others, None, max(crop.n_products - 1, 1), "")


def _outcome(crop: ScoredCrop, model: FusionModel, prior: float) -> Outcome:
    posterior = product_posterior(crop.signals, crop.n_products, model, prior)
    order = np.argsort(-posterior.products, kind="stable")
    rank = None if crop.right is None else int(np.flatnonzero(order == crop.right)[0]) + 1
    top = float(posterior.products.max(initial=0.0))
    return Outcome(crop.product, "", rank, top, posterior.unknown)


class Calibrations:
    """Fusion models by encoder: those fitted on this data folder, then those shipped."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def model_for(self, encoder_name: str, fingerprint: str) -> FusionModel:
        """Return the model fitted for these very weights, or the encoder's default, or any's."""
        own = _read_rows(self._path)
        shipped = _read_rows(DEFAULTS_PATH)
        return own.get(fingerprint) or shipped.get(encoder_name) or shipped[ANY_ENCODER]

    def save(self, fingerprint: str, model: FusionModel) -> None:
        """Keep a fitted model for an encoder's fingerprint; the file appears whole or not."""
        rows = {**_read_rows(self._path), fingerprint: model}
        text = json.dumps({key: asdict(row) for key, row in rows.items()}, indent=2)
        temporary = self._path.with_suffix(".tmp")
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(self._path)


def _read_rows(path: Path) -> dict[str, FusionModel]:
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {key: FusionModel(**row) for key, row in rows.items()}
