"""Tesseract: reads further scripts, where the machine has the program and its language packs.

It is a program of its own (Apache-2.0), asked only for scripts that the core cannot read.
"""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache

from PIL import Image

from engine.embed.text.scripts import packs_for_other_scripts
from engine.embed.text.words import Word

_SIDE_PX = 1000
"""Letters of a crop are small, and Tesseract likes capitals of about 30 px."""
_CONFIDENCE_MIN = 0.6
_LETTERS_MIN = 2
_TIMEOUT_SECONDS = 20


@cache
def installed_packs() -> tuple[str, ...]:
    """List the language packs of this machine; none without the program."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    shown = subprocess.run(  # noqa: S603  # a fixed command
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20
    )
    return tuple(shown.stdout.split("\n")[1:]) if shown.returncode == 0 else ()


def read_other_scripts(image: Image.Image) -> list[Word]:
    """Read words of scripts that the core cannot; none where no pack for them is installed.

    Parameters
    ----------
    image : PIL.Image.Image
        Upright RGB.

    Returns
    -------
    list of Word
        Corners in pixels of `image`; words of Latin letters are left to the core.
    """
    packs = packs_for_other_scripts(installed_packs())
    if not packs:
        return []
    scale = _SIDE_PX / max(image.size)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    table = _run(image.convert("L").resize(size, Image.Resampling.LANCZOS), packs)
    return list(_words(table, scale))


def _run(image: Image.Image, packs: list[str]) -> str:
    """Return Tesseract's table for sparse text; empty when it fails or takes too long."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", "+".join(packs), "--psm", "11", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603  # the arguments are ours, the picture is on stdin
            command,
            input=buffer.getvalue(),
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
            # One thread: the words must not depend on the machine's load or cores.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _words(table: str, scale: float) -> Iterator[Word]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        text, confidence = (row["text"] or "").strip(), float(row["conf"]) / 100
        if confidence < _CONFIDENCE_MIN or not _is_other_script(text):
            continue
        line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        x, y, wide, high = (float(row[k]) / scale for k in ("left", "top", "width", "height"))
        box = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
        yield Word(text, box, confidence, line)


def _is_other_script(text: str) -> bool:
    """Say whether a word has letters beyond Latin, Chinese and Japanese."""
    return sum(map(_is_other_letter, text)) >= _LETTERS_MIN


def _is_other_letter(letter: str) -> bool:
    return letter.isalpha() and ord(letter) >= 0x370 and not _in_core(ord(letter))


def _in_core(code: int) -> bool:
    ranges: Iterable[tuple[int, int]] = (
        (0x1E00, 0x1EFF),  # Latin with accents
        (0x2000, 0x2BFF),
        (0x3000, 0x312F),
        (0x31F0, 0xA4CF),  # Chinese and Japanese
        (0xF900, 0xFAFF),
        (0xFF00, 0xFFEF),
    )
    return any(low <= code <= high for low, high in ranges)
