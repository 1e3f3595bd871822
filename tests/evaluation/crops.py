"""Labelled crops that can be checked by hand."""

from pathlib import Path

import numpy as np

from engine.catalog.manifest import QueryRow
from engine.evaluation.labelled import LabelledCrop, ScoredProducts
from engine.fusion import Signals, signal_matrix
from engine.results import Candidate, CropResult, ImageInfo, Market, ProductInfo


def candidate(rank, key, probability, markets=()):
    """Return a candidate without evidence."""
    product = ProductInfo(key, key.title(), "", "packaging", [], list(markets))
    return Candidate(rank, product, probability, [], f"/v1/products/{key}/images/{'0' * 64}")


def result(ranked=(), unknown=0.1, markets=(), clues=(), sold_in=()):
    """Return the answer to a crop: `ranked` are ids and probabilities, `markets` countries'."""
    listed = [Market(code, code, probability, []) for code, probability in markets]
    return CropResult(
        image=ImageInfo("crop.jpg", "0" * 64, 100, 100),
        candidates=[candidate(n, k, p, sold_in) for n, (k, p) in enumerate(ranked, start=1)],
        unknown=unknown,
        undetermined=1 - sum(probability for _, probability in markets),
        markets=listed,
        clues=list(clues),
    )


def crop(product="", ranked=(), unknown=0.1, scored=None, brand="", line=2, **more):
    """Return a labelled crop; `scored` are `Signals` by product id."""
    row = QueryRow(line, Path(f"crop-{line}.jpg"), product, "packaging", brand=brand)
    signals = signal_matrix(list((scored or {}).values()))
    products = tuple(scored or {})
    return LabelledCrop(
        row,
        result(ranked, unknown),
        {"total": 1.0},
        ScoredProducts(products, signals, ("0" * 64,) * len(products)),
        **more,
    )


def looks(**scores):
    """Return signals of the embedding alone, by product id."""
    return {key: Signals(embedding=score) for key, score in scores.items()}


def softmax(weights):
    """Return probabilities that sum to less than one."""
    powers = np.exp(np.array(weights))
    return powers / (powers.sum() + 1)
