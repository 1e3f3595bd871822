"""Patterns: wallpapers, bedspreads and tiles, where every detail is there many times over.

A repeat defeats the ratio test, which drops every detail that has a twin. So here each detail of
the crop is paired with several that are like it, and the votes of the poses sort them out: the
pairs that lie in one repeat of the reference agree, and which of its equal repeats that is does
not matter. Of 47 crops of wallpapers, tiles, curtains, towels and bed linen, the right one of 437
such goods shared 49 details with its crop in the median, where the ratio test leaves 5.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.embed.local.geometry import GeometricMatch, verify
from engine.embed.local.keypoints import Floats, Keypoints
from engine.embed.local.matching import Pairs
from engine.embed.local.planes import project

REPEAT_MIN = 0.3
"""Strength from which a crop repeats itself: a wallpaper has .4 or more."""
_POINTS_MAX = 300
"""Points of the crop that are looked for, the strongest."""
_TWINS = 6
"""Points of the reference that each of them is paired with, the likest."""
_COSINE_MIN = 0.75
"""Likeness of RootSIFT descriptors of one detail: those of strangers average .6."""
_PAIRS_MAX = 600
"""Pairs whose poses are voted on, the likest."""
_POSES_TRIED = 4
"""More than of a pack: a pose that joins two neighbouring repeats has many votes, too."""
_TWIN_COSINE_MIN = 0.95
_TWIN_GAP = 0.05
"""Share of the longer side by which twins lie apart at least: a point may have two directions."""
_TWINS_SOUGHT = 200
"""Points whose twins are looked for, the strongest."""
_SIDE_PX = 256
"""Side of the square in which repeats are looked for."""
_LAG_MIN_PX = 10


@dataclass(frozen=True)
class Repeat:
    """Whether a picture repeats itself."""

    strength: float
    """Highest correlation of the picture with itself moved, 0 to 1; a wallpaper has .4 or more."""
    period_px: float
    """Length of that move, in pixels of the picture."""


@dataclass(frozen=True)
class PatternMatch:
    """How the pattern of a crop compares with that of a reference."""

    match: GeometricMatch
    """How one of the reference's repeats lies in the crop."""
    size: tuple[int, int]
    """Width and height of the reference, px."""
    palette: float
    """Likeness of the colours, 0 to 1: other colourways of one pattern differ in this alone."""

    @property
    def confirmed(self) -> int:
        """Details that lie in the crop as they do in the reference; 0 where no map is sane."""
        return self.match.inliers if self.match.is_plausible else 0

    @property
    def scale(self) -> float:
        """Size of the pattern in the crop, as a multiple of that in the reference."""
        return float(np.hypot(*self._step()))

    @property
    def turn_degrees(self) -> float:
        """Of the crop against the reference, clockwise, 0 to 360."""
        across, down = self._step()
        return float(np.degrees(np.arctan2(down, across)) % 360)

    def _step(self) -> tuple[float, float]:
        """Return where one pixel to the right, in the middle of the reference, leads in the crop.

        The upright pixel beside it would be as good, but for a pattern seen at a slant.
        """
        x, y = self.size[0] / 2, self.size[1] / 2
        here, there = project(self.match.transform, np.array([(x, y), (x + 1, y)]))
        across, down = (there - here).tolist()
        return across, down


def find_repeat(picture: Image) -> Repeat:
    """Measure how much a picture repeats itself, and at what distance.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.

    Returns
    -------
    Repeat
        Strength 0 for a picture without contrast.
    """
    side = min(_SIDE_PX, *picture.size)
    zoom = side / min(picture.size)
    size = (round(picture.width * zoom), round(picture.height * zoom))
    gray = np.asarray(picture.convert("L").resize(size, Resampling.BOX), np.float32)
    top, left = (gray.shape[0] - side) // 2, (gray.shape[1] - side) // 2
    square = gray[top : top + side, left : left + side]
    # without its slow shading, which is like itself everywhere
    detail = square - cv2.GaussianBlur(square, (0, 0), side / 10)
    correlation = _autocorrelation(detail)
    y, x = np.unravel_index(int(correlation.argmax()), correlation.shape)
    length = float(np.hypot(min(y, 2 * side - y), min(x, 2 * side - x)))
    return Repeat(float(np.clip(correlation[y, x], 0, 1)), length / zoom)


def _autocorrelation(detail: Floats) -> Floats:
    """Correlate with itself at every lag up to half a side; short lags and far ones are 0."""
    side = len(detail)
    if side < 4 * _LAG_MIN_PX or detail.std() < 1:
        return np.zeros((2, 2), np.float32)
    spectrum = np.abs(np.fft.fft2(detail, s=(2 * side, 2 * side))) ** 2
    overlap = np.abs(np.fft.fft2(np.ones_like(detail), s=(2 * side, 2 * side))) ** 2
    sums, counts = np.fft.ifft2(spectrum).real, np.fft.ifft2(overlap).real
    lag = np.minimum(np.arange(2 * side), 2 * side - np.arange(2 * side))
    lags = np.hypot(lag[:, None], lag[None])
    means = sums / np.maximum(counts, 1)
    # a lag counts once the correlation has fallen first: a blob is like itself moved a little
    fallen = _first_fall(means / means[0, 0], lags)
    wanted = (
        (lags > max(_LAG_MIN_PX, fallen)) & (lag[:, None] <= side / 2) & (lag[None] <= side / 2)
    )
    return np.where(wanted, means / means[0, 0], 0).astype(np.float32)


def _first_fall(correlation: NDArray[np.float64], lags: NDArray[np.float64]) -> float:
    """Return the lag by which the mean correlation has first fallen below .1."""
    rings = np.bincount(lags.astype(int).ravel(), correlation.ravel())
    means = rings / np.bincount(lags.astype(int).ravel())
    low = np.flatnonzero(means < 0.1)
    return float(low[0]) if len(low) else float(len(means))


def twin_share(picture: Keypoints) -> float:
    """Return the share of the strongest points that are there twice, elsewhere in the picture.

    Of cartons .02 to .06 of the points have a twin, of drawn packs .26 in the median, of drawn and
    photographed wallpapers and tiles .90, of towels and bed linen .51.

    Parameters
    ----------
    picture : Keypoints
        The points of a reference image.

    Returns
    -------
    float
        0 to 1; 0 for a picture without points.
    """
    sought = picture.strongest(_TWINS_SOUGHT)
    if not len(sought):
        return 0.0
    gap_px = _TWIN_GAP * max(picture.width, picture.height)
    cosines = sought.unit_descriptors() @ picture.unit_descriptors().T
    rows, columns = np.nonzero(cosines > _TWIN_COSINE_MIN)
    away = np.abs(sought.positions[rows] - picture.positions[columns]).max(axis=1)
    return len(np.unique(rows[away > gap_px])) / len(sought)


def compare_patterns(crop: Keypoints, reference: Keypoints, palette: float = 0.0) -> PatternMatch:
    """Compare two patterns by their details, whichever repeat these lie in.

    Parameters
    ----------
    crop, reference : Keypoints
        The points of both pictures.
    palette : float
        What `palette_likeness` says of both, carried into the result.

    Returns
    -------
    PatternMatch
        Nothing confirmed where there are no points.
    """
    match = verify(crop, reference, _pair_with_twins(crop, reference), _POSES_TRIED)
    return PatternMatch(match, (reference.width, reference.height), palette)


def _pair_with_twins(crop: Keypoints, reference: Keypoints) -> Pairs:
    """Pair each point of the crop with the likest few of the reference, the likest pairs first."""
    wanted = crop.strongest(_POINTS_MAX)
    count = min(_TWINS, len(reference))
    if not len(wanted) or not count:
        return np.zeros((0, 2), np.int64)
    cosines = wanted.unit_descriptors() @ reference.unit_descriptors().T
    partners = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    likeness = np.take_along_axis(cosines, partners, axis=1)
    rows, columns = np.nonzero(likeness > _COSINE_MIN)
    order = np.argsort(-likeness[rows, columns], kind="stable")[:_PAIRS_MAX]
    return np.stack([rows[order], partners[rows[order], columns[order]]], axis=1)
