"""Bar profiles: the brightness across a field of bars, averaged along them and made crisp."""

import cv2
import numpy as np
from numpy.typing import NDArray

Profile = NDArray[np.float32]
Gray = NDArray[np.uint8]

_SHEARS = np.linspace(-0.16, 0.16, 17)
"""Leaning of the bars that is tried, in pixels to the side for each pixel down."""
_ROWS = 40
_ENLARGED = 2
_NEAR_PARTS = 8
_SWING_MIN = 6.0
_TURNS_MIN = 24
"""An EAN-8 has 22 bars, so 43 turns from bright to dark or back; blur swallows some."""


def straight_profiles(level: Gray) -> tuple[Profile, Profile]:
    """Average the two halves of a level field along its bars, leaning as keeps them apart best.

    Parameters
    ----------
    level : numpy.ndarray of uint8, shape (height, width)
        A field whose bars stand nearly upright; a rim above and below is left out.

    Returns
    -------
    tuple of numpy.ndarray of float32, shape (width,)
        Brightness, 0 to 255, of the upper and of the lower half.
    """
    rim, middle = level.shape[0] // 5, level.shape[0] // 2
    core = level[rim : level.shape[0] - rim]
    leaning = max(_SHEARS, key=lambda shear: _contrast(_sheared_mean(core, shear)))
    upper, lower = level[rim:middle], level[middle : level.shape[0] - rim]
    return _sheared_mean(upper, leaning), _sheared_mean(lower, leaning)


def looks_like_bars(profile: Profile) -> bool:
    """Say whether brightness goes up and down as often as across the shortest code."""
    swings = np.diff(cv2.GaussianBlur(profile[None], (0, 0), 1.0)[0])
    moving = swings[np.abs(swings) > _SWING_MIN / 8]
    return int(np.count_nonzero(np.diff(np.sign(moving)))) >= _TURNS_MIN


def crisp(profile: Profile, sigma_px: float, rounds: int = 20) -> Profile:
    """Undo a Gaussian blur of a profile by Richardson-Lucy steps (Richardson 1972)."""
    if sigma_px == 0:
        return profile
    seen = np.maximum(profile[None], 1.0)
    guess = seen.copy()
    for _ in range(rounds):
        again = np.maximum(cv2.GaussianBlur(guess, (0, 0), sigma_px), 1.0)
        guess = guess * cv2.GaussianBlur(seen / again, (0, 0), sigma_px)
    return np.asarray(guess[0], dtype=np.float32)


def as_picture(profile: Profile) -> Gray:
    """Draw a profile as bars of full contrast, wide and high enough to be scanned.

    Each place is stretched between the darkest and the brightest nearby, so that neither uneven
    light nor what lies beside the code matters.
    """
    row = cv2.resize(profile[None], None, fx=_ENLARGED, fy=1, interpolation=cv2.INTER_CUBIC)
    near = np.ones((1, row.shape[1] // _NEAR_PARTS), np.uint8)
    low, high = cv2.erode(row, near), cv2.dilate(row, near)
    low, high = cv2.blur(low, near.shape[::-1]), cv2.blur(high, near.shape[::-1])
    stretched = (row - low) * (255.0 / np.maximum(high - low, _SWING_MIN))
    return np.tile(np.clip(stretched, 0, 255).astype(np.uint8), (_ROWS, 1))


def _sheared_mean(level: Gray, shear: float) -> Profile:
    height, width = level.shape
    move = np.array([[1, shear, -shear * height / 2], [0, 1, 0]], dtype=np.float64)
    sheared = cv2.warpAffine(level, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sheared.mean(axis=0), dtype=np.float32)


def _contrast(profile: Profile) -> float:
    return float(np.square(np.diff(profile)).sum())
