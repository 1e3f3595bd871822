"""Pictures of a local mirror, in the folders of images.openfoodfacts.org/images/products."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_FRONT = re.compile(r"front_([a-z]{2,3}(?:-[a-z]{2})?)\.([0-9]{1,9})\.(full|400|200)\.jpe?g")
SIZES = ("200", "400", "full")
"""The longer side in pixels; 100 shows too little."""
MAX_FRONTS = 8
"""A front in more languages than this is the same picture, chosen again and again."""


class Mirror:
    """Finds the pictures of a product; a product's folder is listed once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds `images/products`, or the one that this names."""
        below = folder / "images" / "products"
        self._folder = below if below.is_dir() else folder

    def fronts(self, code: str, images: Mapping[str, object]) -> dict[str, Path]:
        """Return the front of the pack by the language that it was chosen for.

        Parameters
        ----------
        code : str
            Digits, as they stand in the dump.
        images : mapping
            The field `images` of the entry, in the older or the newer form; it helps where the
            mirror has only the photographs as they were uploaded.
        """
        for place in _places(code):
            folder = self._folder / place
            try:
                names = os.listdir(folder)  # noqa: PTH208 - names alone, and a million folders
            except OSError:
                continue
            chosen = _newest(names) or _uploaded(set(names), images)
            return {language: folder / chosen[language] for language in sorted(chosen)[:MAX_FRONTS]}
        return {}


def _places(code: str) -> Iterator[str]:
    """Yield where the pictures of a code may lie.

    Codes of more than 8 digits are split 3/3/3/rest, those of fewer than 13 after zeros were put
    before them; a short one is a folder by itself, in newer mirrors split like the others
    (docs/api/how-to-download-images.md).
    """
    if not (code.isascii() and code.isdigit()):
        return
    forms = [code] if len(code) <= 8 else []
    forms += [
        "/".join((form[:3], form[3:6], form[6:9], form[9:]))
        for form in (code.zfill(13), code)
        if len(form) > 9
    ]
    yield from dict.fromkeys(forms)


def _newest(names: list[str]) -> dict[str, str]:
    """Return the front of each language: of its newest revision the largest file."""
    best: dict[str, tuple[int, int, str]] = {}
    for name in names:
        if match := _FRONT.fullmatch(name):
            rank = (int(match[2]), SIZES.index(match[3]), name)
            best[match[1]] = max(best.get(match[1], rank), rank)
    return {language: name for language, (_, _, name) in best.items()}


def _uploaded(names: set[str], images: Mapping[str, object]) -> dict[str, str]:
    """Return the photograph that each front was cut from."""
    found: dict[str, str] = {}
    for language, number in _chosen(images):
        name = next((n for n in (f"{number}.jpg", f"{number}.400.jpg") if n in names), None)
        if name is not None:
            found[language] = name
    return found


def _chosen(images: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield language and number of the photograph of each front, in either form of the field."""
    for key, value in images.items():
        if key.startswith("front_") and isinstance(value, dict):
            yield key.removeprefix("front_"), str(value.get("imgid"))
    selected = images.get("selected")
    front = selected.get("front") if isinstance(selected, dict) else None
    for language, value in front.items() if isinstance(front, dict) else ():
        if isinstance(value, dict):
            yield language, str(value.get("imgid"))
