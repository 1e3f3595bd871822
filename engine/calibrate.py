"""Fits the weights of the fusion on labelled crops, and keeps them for each encoder.

Every crop whose product is in the catalog teaches three times: as it is; as a *struck* crop, its
product taken from the catalog, so that siblings are the nearest wrong ones; and as a *brand
struck* one, all products of its brand taken. So the fit needs no unknown crops, and learns what
wrong products of both kinds look like. Struck crops are searched again, so that what moves up is
compared as closely as it would be without the struck ones.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from engine.cropkinds import KNOWN, UNKNOWN
from engine.errors import InvalidInputError
from engine.fusion import (
    ANY_CATEGORY,
    FIT_PRIOR,
    SIGNAL_NAMES,
    Floats,
    FusionModel,
    KnownModel,
    product_posterior,
    rank_scores,
)
from engine.metrics import Outcome, calibration_error, unknown_auroc

RIDGE = 1e-3
"""Penalty on squared weights, each times the variance of its signal, small beside a loss of about
1: it keeps weights of signals that separate the crops perfectly from growing without end."""

LEAST_OF_CATEGORY = 40
"""Known crops of a category that are enough to fit what is known of it apart."""

CODE_WEIGHT = 12.0
"""Weight of a barcode, set rather than fitted: few labelled crops have a readable one, and of 828
drawn codes none was misread. A factor of 160,000 beats any look."""

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
    product: str
    """The right product's id, of a struck crop too; empty when unknown."""
    kind: str = KNOWN
    categories: tuple[str, ...] = ()
    """Of each candidate product; none where they are not known."""

    def first_category(self, model: FusionModel) -> str:
        """Return the category of the likest candidate."""
        if not self.categories:
            return ANY_CATEGORY
        return self.categories[int(rank_scores(self.signals, model).argmax())]

    @property
    def is_lost(self) -> bool:
        """Whether the product is in the catalog, but was not among the candidates."""
        return self.kind == KNOWN and self.right is None


def fit_fusion(crops: Sequence[ScoredCrop], fitted_on: str) -> FusionModel:
    """Fit weights and biases by maximum likelihood.

    Parameters
    ----------
    crops : sequence of ScoredCrop
        At least one with a right candidate. Those whose product was lost teach nothing.
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
    found = [crop for crop in crops if crop.right is not None]
    if not found:
        raise InvalidInputError(
            "no labelled crop shows a product of this catalog: check the ids in the query file"
        )
    ranking = FusionModel(_named(_fit_rank(found)))
    lessons = [crop for crop in crops if not crop.is_lost and len(crop.signals)]
    known = {ANY_CATEGORY: _fit_known(lessons, ranking)}
    for category, some in _by_category(lessons, ranking).items():
        known[category] = _fit_known(some, ranking)
    return FusionModel(ranking.rank, known, fitted_on)


def _named(weights: Floats) -> dict[str, float]:
    """Return the weights that are above 0 by name, and that of a barcode, which is set."""
    pairs = zip(SIGNAL_NAMES, weights.tolist(), strict=True)
    return {name: weight for name, weight in pairs if weight > 0} | {"code": CODE_WEIGHT}


def _is_fitted(signals: Floats) -> NDArray[np.bool_]:
    """Tell which signals any crop has: the weight of another one means nothing."""
    seen = signals.reshape(-1, len(SIGNAL_NAMES)).any(axis=0)
    return np.asarray(seen & (np.array(SIGNAL_NAMES) != "code"), np.bool_)


def _fit_rank(crops: Sequence[ScoredCrop]) -> Floats:
    """Fit what tells the right candidate from the others (conditional logit, McFadden 1974)."""
    fitted = _is_fitted(np.concatenate([crop.signals for crop in crops]))
    stack = _Stack.of(crops)
    start = np.where(fitted, 1.0, 0.0)
    bounds = [(0.0, None if each else 0.0) for each in fitted]
    found = minimize(rank_loss, start, args=(stack,), jac=True, bounds=bounds, method="L-BFGS-B")
    return np.asarray(found.x, np.float64)


@dataclass(frozen=True)
class _Stack:
    """The candidates of many crops in one array, short rows filled up."""

    signals: Floats
    """Shape (crops, most candidates, len(SIGNAL_NAMES))."""
    is_filler: NDArray[np.bool_]
    right: Floats
    """Signals of the right candidates, shape (crops, len(SIGNAL_NAMES))."""
    variances: Floats
    """Of each signal over all candidates, shape (len(SIGNAL_NAMES),)."""

    @classmethod
    def of(cls, crops: Sequence[ScoredCrop]) -> "_Stack":
        most = max(len(crop.signals) for crop in crops)
        signals = np.zeros((len(crops), most, len(SIGNAL_NAMES)))
        is_filler = np.ones((len(crops), most), np.bool_)
        for row, crop in enumerate(crops):
            signals[row, : len(crop.signals)] = crop.signals
            is_filler[row, : len(crop.signals)] = False
        right = np.array([crop.signals[crop.right or 0] for crop in crops])
        return cls(signals, is_filler, right, signals[~is_filler].var(axis=0))


def rank_loss(weights: Floats, stack: _Stack) -> tuple[float, Floats]:
    """Return the mean negative log likelihood of the right candidates, and its gradient.

    The gradient of ln P(i) is the signals of i less the mean signals under the shares.
    """
    scores = stack.signals @ weights
    scores[stack.is_filler] = -np.inf
    peaks = scores.max(axis=1, keepdims=True)
    shares = np.exp(scores - peaks)
    totals = shares.sum(axis=1, keepdims=True)
    likelihood = stack.right @ weights - (peaks + np.log(totals))[:, 0]
    expected = np.tensordot(shares / totals, stack.signals, axes=([0, 1], [0, 1]))
    penalty = RIDGE * stack.variances * weights
    gradient = (expected - stack.right.sum(axis=0)) / len(stack.right)
    return float(penalty @ weights) - float(likelihood.mean()), 2 * penalty + gradient


def _by_category(crops: Sequence[ScoredCrop], ranking: FusionModel) -> dict[str, list[ScoredCrop]]:
    """Return the crops of each category that has enough of both, known and unknown ones."""
    groups: dict[str, list[ScoredCrop]] = {}
    for crop in crops:
        groups.setdefault(crop.first_category(ranking), []).append(crop)
    return {
        category: some
        for category, some in sorted(groups.items())
        if category and _is_enough(Counter(crop.kind == KNOWN for crop in some))
    }


def _is_enough(counts: Mapping[bool, int]) -> bool:
    return min(counts.get(True, 0), counts.get(False, 0)) >= LEAST_OF_CATEGORY


def _fit_known(crops: Sequence[ScoredCrop], ranking: FusionModel) -> KnownModel:
    """Fit whether any candidate is right to the signals of the likest one."""
    first = np.array([crop.signals[rank_scores(crop.signals, ranking).argmax()] for crop in crops])
    is_known = np.array([crop.kind == KNOWN for crop in crops], np.float64)
    shares = _shares([crop.kind for crop in crops])
    fitted = _is_fitted(first)
    bounds = [(0.0, None if each else 0.0) for each in fitted] + [(None, None)]
    start = np.append(np.where(fitted, 0.1, 0.0), 0.0)
    found = minimize(
        known_loss,
        start,
        args=(first, is_known, shares),
        jac=True,
        bounds=bounds,
        method="L-BFGS-B",
    )
    *weights, bias = (float(value) for value in found.x)
    return KnownModel(_named(np.array(weights)), bias)


def _shares(kinds: Sequence[str]) -> Floats:
    """Return what each crop counts.

    All known ones together count 1 - `FIT_PRIOR`; each kind of the others counts the same.
    """
    counts = Counter(kinds)
    n_unknown_kinds = max(len(counts.keys() - {KNOWN}), 1)
    by_kind = {
        kind: (1 - FIT_PRIOR if kind == KNOWN else FIT_PRIOR / n_unknown_kinds) / count
        for kind, count in counts.items()
    }
    return np.array([by_kind[kind] for kind in kinds])


def known_loss(
    parameters: Floats, first: Floats, is_known: Floats, shares: Floats
) -> tuple[float, Floats]:
    """Return the negative log likelihood of a logistic regression, and its gradient."""
    weights, bias = parameters[:-1], parameters[-1]
    odds = first @ weights - bias
    likelihood = -np.logaddexp(0.0, np.where(is_known > 0, -odds, odds))
    miss = shares * (np.exp(-np.logaddexp(0.0, -odds)) - is_known)
    penalty = RIDGE * first.var(axis=0) * weights
    loss = float(penalty @ weights) - float(shares @ likelihood)
    return loss, np.append(first.T @ miss + 2 * penalty, -miss.sum())


@dataclass(frozen=True)
class HeldOutFigures:
    """Figures of crops whose products the fit did not see."""

    crops: int
    calibration_error: float | None
    """With unknown crops in the share that the prior says."""
    unknown_auroc: float | None
    """Of all unknown crops, struck and brand struck ones included, against the known ones."""


def cross_fit(crops: Sequence[ScoredCrop], prior: float) -> HeldOutFigures:
    """Fit on one half of the products, judge the other, both ways."""
    halves = _halves(crops)
    outcomes: list[Outcome] = []
    for fit_on, judge_on in (halves, halves[::-1]):
        model = fit_fusion(fit_on, "half of the products")
        outcomes += [_outcome(crop, model, prior) for crop in judge_on]
    mixed = _mixed(outcomes, prior)
    n_labelled = sum(crop.kind in (KNOWN, UNKNOWN) for crop in crops)
    return HeldOutFigures(n_labelled, calibration_error(mixed), unknown_auroc(outcomes))


def _halves(crops: Sequence[ScoredCrop]) -> tuple[list[ScoredCrop], list[ScoredCrop]]:
    """Split by product: every second id in alphabetical order, unknown crops in turn."""
    products = sorted({crop.product for crop in crops} - {""})
    if len(products) < 2:  # one product for each half
        raise InvalidInputError("to calibrate, label crops of two products or more")
    first = set(products[::2])
    known = [[c for c in crops if c.product and (c.product in first) == side] for side in (1, 0)]
    unknown = [crop for crop in crops if not crop.product]
    return known[0] + unknown[::2], known[1] + unknown[1::2]


def _mixed(outcomes: Sequence[Outcome], prior: float) -> list[Outcome]:
    """Return the known outcomes, and as many others, evenly drawn, as the prior expects."""
    known = [outcome for outcome in outcomes if outcome.is_known]
    others = [outcome for outcome in outcomes if not outcome.is_known]
    wanted = round(len(known) * prior / (1 - prior))
    if not others or not wanted:
        return known
    rows = np.linspace(0, len(others), min(wanted, len(others)), endpoint=False).astype(int)
    return known + [others[row] for row in rows]


def _outcome(crop: ScoredCrop, model: FusionModel, prior: float) -> Outcome:
    posterior = product_posterior(crop.signals, model, prior, crop.categories)
    order = np.argsort(-posterior.products, kind="stable")
    rank = None if crop.right is None else int(np.flatnonzero(order == crop.right)[0]) + 1
    top = float(posterior.products.max(initial=0.0))
    product = crop.product if crop.kind == KNOWN else ""
    return Outcome(product, "", rank, top, posterior.unknown)


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
    """Return the models of a file; those that an older engine fitted have another form."""
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {key: _read_model(row) for key, row in rows.items() if "rank" in row}


def _read_model(row: dict[str, object]) -> FusionModel:
    known = row["known"]
    assert isinstance(known, dict)
    models = {category: KnownModel(**each) for category, each in known.items()}
    return FusionModel(row["rank"], models, str(row["fitted_on"]))  # type: ignore[arg-type]  # JSON
