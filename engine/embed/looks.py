"""Looks: the parts of a crop that may show its object alone, and what they say together.

A plain object drowns in what stands around it: the embedding of a chair in a room is that of a
room. So the crop is looked at more than once, and each candidate is scored by the looks that see
it best. A look at a bare wall is a little like everything; what counts is how far a candidate
stands out from the crowd that the same look is most like (adaptive score normalisation, known from
telling speakers: Matejka et al. 2017, "Analysis of Score Normalization in Multilingual Speaker
Recognition"). Of furniture laid into made-up rooms, seen straight or turned, that nothing here was
chosen on, the right product of 2,553 came first for .29 of the crops by one look and for .60 by
four, within the first 100 for .69 and .86; of photos of cartons for .47 and .55, .93 and .94.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.embed.foreground import Foreground, find_foreground

Scores = NDArray[np.float64]

CENTRE_SHARE = 0.5
"""Of width and height: what is left of a crop that was cut generously."""

CROWD = 50
"""Nearest reference images whose mean a candidate has to stand out from; 30 to 160 do as well."""

SOFTNESS = 0.05
"""Cosine by which a look may be behind the best and still count 1 / e as much; 0 takes the best
alone. From .02 to .08 nothing changes."""

_SIDE_MAX_PX = 512
"""Of a cut-out: no encoder of ours sees more."""

_PAPER = 255
"""Behind a cut-out, as behind most packshots."""


def cut_looks(image: Image.Image) -> list[Image.Image]:
    """Return the parts of a crop to look at beside the whole of it.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB.

    Returns
    -------
    list of PIL.Image.Image
        The middle; then the part that differs from the border and the same cut out, if there is
        one.
    """
    found = find_foreground(image)
    if found is None:
        return [_middle(image)]
    box = found.box
    part = image.crop((box.x, box.y, box.x + box.width, box.y + box.height))
    return [_middle(image), part, _cut_out(part, image, found)]


def _middle(image: Image.Image) -> Image.Image:
    width, height = (max(round(side * CENTRE_SHARE), 1) for side in image.size)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _cut_out(part: Image.Image, image: Image.Image, found: Foreground) -> Image.Image:
    """Lay the foreground on paper, without what stands around it."""
    box, mask = found.box, Image.fromarray(found.mask.astype(np.uint8) * 255)
    zoom = mask.width / image.width, mask.height / image.height
    corners = (
        box.x * zoom[0],
        box.y * zoom[1],
        (box.x + box.width) * zoom[0],
        (box.y + box.height) * zoom[1],
    )
    small = part.copy()
    small.thumbnail((_SIDE_MAX_PX, _SIDE_MAX_PX))
    edge = mask.resize(small.size, Image.Resampling.BILINEAR, box=corners)
    return Image.composite(small, Image.new("RGB", small.size, (_PAPER,) * 3), edge)


def crowd_levels(nearest: NDArray[np.float32]) -> Scores:
    """Return how near, on average, each look is to what it is most like.

    Parameters
    ----------
    nearest : numpy.ndarray of float32, shape (looks, k)
        Cosines of each look's nearest reference images, falling; -inf where there are no more.

    Returns
    -------
    numpy.ndarray of float64, shape (looks,)
        Mean cosine of the first `CROWD`; 0 where there are none.
    """
    first = nearest[:, :CROWD].astype(np.float64)
    is_there = np.isfinite(first)
    sums = np.where(is_there, first, 0.0).sum(axis=1)
    return np.asarray(sums / np.maximum(is_there.sum(axis=1), 1), np.float64)


def unite_looks(cosines: NDArray[np.float32], levels: Scores) -> Scores:
    """Return one score a candidate: what the looks that see it best say of it.

    Parameters
    ----------
    cosines : numpy.ndarray of float32, shape (looks, m)
        Of each look and candidate; the first look is that at the whole crop.
    levels : numpy.ndarray of float64, shape (looks,)
        As `crowd_levels` returns them.

    Returns
    -------
    numpy.ndarray of float64, shape (m,)
        On the scale of a cosine with the whole crop, -1 to 1; that cosine where the looks agree.
    """
    if cosines.shape[1] == 0:
        return np.zeros(0)
    ahead = cosines.astype(np.float64) - levels[:, None]
    weights = np.exp((ahead - ahead.max(axis=0)) / SOFTNESS)
    united = (weights * ahead).sum(axis=0) / weights.sum(axis=0) + levels[0]
    return np.asarray(united.clip(-1.0, 1.0), np.float64)


def rank_by_looks(
    ids: NDArray[np.int64], cosines: NDArray[np.float32], levels: Scores
) -> tuple[NDArray[np.int64], Scores]:
    """Order candidates by what all looks say of them, the best first, equal ones by id.

    Parameters
    ----------
    ids : numpy.ndarray of int64, shape (looks, m)
        In each row the same candidates, in any order; -1 where there is none.
    cosines : numpy.ndarray of float32, shape (looks, m)
        Theirs.
    levels : numpy.ndarray of float64, shape (looks,)
        As `crowd_levels` returns them.

    Returns
    -------
    tuple of numpy.ndarray
        Ids and scores of the candidates.
    """
    order = ids.argsort(axis=1, kind="stable")
    n_none = int((ids[0] < 0).sum())
    candidates = np.take_along_axis(ids, order, axis=1)[0, n_none:]
    united = unite_looks(np.take_along_axis(cosines, order, axis=1)[:, n_none:], levels)
    best = np.argsort(-united, kind="stable")
    return candidates[best], united[best]
