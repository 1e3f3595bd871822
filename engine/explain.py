"""Evidence to a picture: crop and reference image side by side, and what joins them."""

import colorsys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from engine.catalog.demo.typeface import Style, broken, draw_text
from engine.results import (
    Area,
    Candidate,
    CatalogInfo,
    CloseEvidence,
    CodeEvidence,
    ContradictionEvidence,
    Corners,
    CropResult,
    EmbeddingEvidence,
    Evidence,
    KeypointsEvidence,
    ModelInfo,
    PatternEvidence,
    Point,
    TextEvidence,
)
from engine.sketch import GAP_PX, MARGIN_PX, PANEL_PX, Colour, Overlay, Panel
from engine.wording import one_line, percent

WIDTH_PX = 2 * MARGIN_PX + 2 * PANEL_PX + GAP_PX

_INK: Colour = (22, 27, 38)
_MUTED: Colour = (88, 97, 116)
_GROUND: Colour = (255, 255, 255)
_FRAME: Colour = (223, 227, 234)
_OUTLINE: Colour = (255, 255, 255)
_WORD: Colour = (31, 79, 216)
_CODE: Colour = (0, 122, 94)
_DIFFERS: Colour = (208, 36, 48)
_SIBLING: Colour = (196, 112, 0)

_TITLE_PX = 34
_TEXT_PX = 19
_SMALL_PX = 15
_LONGEST = 400
"""Characters of a name or a sentence that are drawn."""


@dataclass(frozen=True)
class _Note:
    """A line of text below the pictures, with the colour of what it explains."""

    text: str
    colour: Colour | None = None


def explain(
    crop: Image.Image,
    reference: Image.Image | None,
    result: CropResult,
    candidate: Candidate | None,
    model: ModelInfo,
    catalog: CatalogInfo,
) -> Image.Image:
    """Draw why a candidate was proposed for a crop.

    Parameters
    ----------
    crop : PIL.Image.Image
        The whole upright crop.
    reference : PIL.Image.Image or None
        The candidate's reference image, upright; None where it cannot be read.
    result : CropResult
        What was said of the crop.
    candidate : Candidate or None
        One of its candidates; None where it has none.
    model, catalog : ModelInfo, CatalogInfo
        That the answer came from.

    Returns
    -------
    PIL.Image.Image
        RGB; as tall as its text is long.
    """
    title = candidate.product.name if candidate else "No candidate"
    above = [_Note(text) for text in _captions(result, candidate)]
    below = list(_notes(result, candidate))
    source = _provenance(model, catalog, result)
    top = MARGIN_PX + _height([title], _TITLE_PX) + _height([n.text for n in above], _TEXT_PX) + 24
    bottom = top + PANEL_PX + 36
    height = bottom + _height([note.text for note in below], _TEXT_PX) + MARGIN_PX
    height += _height([source], _SMALL_PX)
    canvas = Image.new("RGB", (WIDTH_PX, height), _GROUND)
    y = _write(canvas, MARGIN_PX, [_Note(title)], _TITLE_PX, Style("sans-bold"))
    _write(canvas, y, above, _TEXT_PX)
    _draw_pictures(canvas, top, crop, reference, candidate)
    y = _write(canvas, bottom, below, _TEXT_PX)
    _write(canvas, y + 12, [_Note(source)], _SMALL_PX, ink=_MUTED)
    return canvas


# --- pictures --------------------------------------------------------------------------------


def _draw_pictures(
    canvas: Image.Image,
    top: int,
    crop: Image.Image,
    reference: Image.Image | None,
    candidate: Candidate | None,
) -> None:
    right = MARGIN_PX + PANEL_PX + GAP_PX
    ours = _place(canvas, crop, MARGIN_PX, top)
    if reference is None or candidate is None:
        missing = "The reference image cannot be read." if candidate else "Nothing to compare with."
        _frame(canvas, right, top)
        draw_text(canvas, (right + 24, top + 44), missing, Style("sans"), _TEXT_PX, _MUTED)
        return
    theirs = _place(canvas, reference, right, top)
    overlay = Overlay(canvas.size)
    laid = next((_laying(each, candidate) for each in _of(candidate, KeypointsEvidence)), None)
    for evidence in candidate.evidence:
        _draw_evidence(overlay, evidence, ours, theirs, laid)
    if candidate.told_apart_by and (place := candidate.told_apart_by.place):
        _draw_area(overlay, place, ours, theirs, laid, _SIBLING)
    overlay.put_on(canvas)


def _place(canvas: Image.Image, picture: Image.Image, left: int, top: int) -> Panel:
    _frame(canvas, left, top)
    panel = Panel.fitted(picture, left, top)
    canvas.paste(panel.picture, (panel.left, panel.top))
    return panel


def _frame(canvas: Image.Image, left: int, top: int) -> None:
    box = (left - 1, top - 1, left + PANEL_PX, top + PANEL_PX)
    ImageDraw.Draw(canvas).rectangle(box, fill=(248, 249, 251), outline=_FRAME)


Laying = Sequence[Sequence[float]]
"""Homogeneous 3 x 3 matrix: pixels of the reference to those of the crop."""


def _laying(evidence: KeypointsEvidence, candidate: Candidate) -> Laying | None:
    """Return how the reference lies in the crop, by the corners of its outline."""
    width, height = candidate.reference_size
    if evidence.outline is None or not width or not height:
        return None
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    found = cv2.getPerspectiveTransform(corners, np.array(evidence.outline, np.float32))
    return [[float(value) for value in row] for row in found]


def _draw_evidence(
    overlay: Overlay, evidence: Evidence, ours: Panel, theirs: Panel, laid: Laying | None
) -> None:
    match evidence:
        case KeypointsEvidence():
            if evidence.outline:
                overlay.polygon(ours, evidence.outline, _OUTLINE, 2)
            for line in evidence.lines:
                colour = _hue(line.reference[1] * theirs.zoom / max(theirs.picture.height, 1))
                overlay.line(ours.at(line.crop), theirs.at(line.reference), colour)
        case TextEvidence():
            for number, word in enumerate(evidence.words, start=1):
                _draw_word(overlay, ours, word.crop, number)
                if word.reference:
                    _draw_word(overlay, theirs, word.reference, number)
        case ContradictionEvidence():
            for word in evidence.words:
                overlay.polygon(ours, word.crop, _DIFFERS, 2)
                if word.reference:
                    overlay.polygon(theirs, word.reference, _DIFFERS, 2)
        case CodeEvidence(box=box) if box:
            overlay.polygon(ours, box, _CODE, 4)
        case CloseEvidence():
            _draw_area(overlay, evidence.worst_cell, ours, theirs, laid, _DIFFERS)
        case _:
            pass


def _draw_word(overlay: Overlay, panel: Panel, corners: Corners, number: int) -> None:
    overlay.polygon(panel, corners, _WORD, 2)
    overlay.number(panel, corners[0], number, _WORD)


def _draw_area(
    overlay: Overlay, area: Area, ours: Panel, theirs: Panel, laid: Laying | None, colour: Colour
) -> None:
    """Draw a place of the reference, and the same place of the crop where it is known."""
    x, y, right, bottom = area.x, area.y, area.x + area.width, area.y + area.height
    corners = [(float(a), float(b)) for a, b in ((x, y), (right, y), (right, bottom), (x, bottom))]
    overlay.polygon(theirs, corners, colour, 3)
    if laid:
        overlay.polygon(ours, [_projected(laid, corner) for corner in corners], colour, 3)


def _projected(laid: Laying, point: Point) -> Point:
    x, y, depth = (row[0] * point[0] + row[1] * point[1] + row[2] for row in laid)
    depth = depth if abs(depth) > 1e-9 else 1e-9  # a point on the horizon
    return x / depth, y / depth


def _hue(share: float) -> Colour:
    """Return a colour by the height of a point, so that crossing lines can be followed."""
    red, green, blue = colorsys.hsv_to_rgb(0.45 + 0.5 * min(max(share, 0.0), 1.0), 0.75, 0.85)
    return round(red * 255), round(green * 255), round(blue * 255)


# --- words -----------------------------------------------------------------------------------


def _captions(result: CropResult, candidate: Candidate | None) -> Iterator[str]:
    unknown = f"not in the catalog: {percent(result.unknown)}"
    if candidate is None:
        yield f"{result.image.name} · {unknown}"
        return
    product = candidate.product
    likely = f"{percent(candidate.probability)} probable"
    yield f"Candidate {candidate.rank} for {result.image.name} · {likely} · {unknown}"
    facts = [product.brand, product.id, *product.gtin]
    sold = f"sold in {', '.join(product.markets)}" if product.markets else "no known market"
    yield " · ".join(filter(None, [*facts, sold]))
    shares = [f"{each.name} {percent(each.probability)}" for each in result.markets[:5]]
    if shares:
        undetermined = f"undetermined {percent(result.undetermined)}"
        yield "Where it may have been bought: " + ", ".join([*shares, undetermined])


def _notes(result: CropResult, candidate: Candidate | None) -> Iterator[_Note]:
    if candidate:
        for evidence in candidate.evidence:
            yield _note(evidence)
        if candidate.told_apart_by:
            has_place = candidate.told_apart_by.place is not None
            yield _Note(candidate.told_apart_by.sentence, _SIBLING if has_place else None)
    if result.quality:
        yield _Note(result.quality.advice)


def _note(evidence: Evidence) -> _Note:  # noqa: PLR0911 - one for each kind
    match evidence:
        case EmbeddingEvidence():
            return _Note(f"Look: cosine {evidence.score:.2f} to this reference image.")
        case KeypointsEvidence():
            drawn = f"; {len(evidence.lines)} are drawn" if evidence.lines else ""
            text = f"Printed details: {evidence.inliers} lie alike in both pictures{drawn}."
            return _Note(text, _hue(0.0))
        case TextEvidence():
            words = [f"{n} {word.text}" for n, word in enumerate(evidence.words, start=1)]
            return _Note("Words: " + ", ".join(words or evidence.matched), _WORD)
        case ContradictionEvidence():
            pairs = [f"{word.text} for {word.reference_text}" for word in evidence.words]
            return _Note("Against it, other words in the same place: " + ", ".join(pairs), _DIFFERS)
        case CodeEvidence():
            return _Note(f"Barcode: {evidence.gtin} {evidence.format}".rstrip(), _CODE)
        case CloseEvidence():
            return _Note(
                f"Laid on each other: colours agree by {evidence.colour:.2f}, edges by "
                f"{evidence.structure:.2f}; {percent(evidence.overlap)} of the product is in "
                f"sight. They differ most in the marked place (Lab distance "
                f"{evidence.worst_difference:.0f}, elsewhere {evidence.difference:.0f}).",
                _DIFFERS,
            )
        case PatternEvidence():
            return _Note(
                f"Pattern: {evidence.confirmed} details lie alike in one repeat of both, "
                f"{evidence.scale:.2f} times as large in the crop and turned by "
                f"{evidence.turn_degrees:.0f}°; colours alike by {percent(evidence.palette)}."
            )


def _provenance(model: ModelInfo, catalog: CatalogInfo, result: CropResult) -> str:
    return (
        f"Model {model.name} {model.fingerprint[:12]}, catalog version {catalog.version}, "
        f"SHA-256 of the crop {result.image.sha256}"
    )


def _of(candidate: Candidate, kind: type[KeypointsEvidence]) -> list[KeypointsEvidence]:
    return [each for each in candidate.evidence if isinstance(each, kind)]


def _lines(text: str, size_px: int) -> list[str]:
    wide = WIDTH_PX - 2 * MARGIN_PX - 28
    return broken(one_line(text, _LONGEST), Style("sans"), size_px, wide)


def _height(texts: Sequence[str], size_px: int) -> int:
    """Return how tall texts become, each beginning on a line of its own."""
    return sum(len(_lines(text, size_px)) for text in texts) * size_px * 3 // 2


def _write(
    canvas: Image.Image,
    top: int,
    notes: Sequence[_Note],
    size_px: int,
    style: Style | None = None,
    ink: Colour = _INK,
) -> int:
    """Write notes below each other, those with a colour after it; return where they end."""
    draw, y = ImageDraw.Draw(canvas), top
    indent = 28 if any(note.colour for note in notes) else 0
    for note in notes:
        if note.colour:
            dot = (MARGIN_PX, y + 4, MARGIN_PX + 14, y + 18)
            draw.rounded_rectangle(dot, 4, fill=note.colour)
        for line in _lines(note.text, size_px):
            at = (MARGIN_PX + indent, y + size_px)
            draw_text(canvas, at, line, style or Style("sans"), size_px, ink)
            y += size_px * 3 // 2
    return y
