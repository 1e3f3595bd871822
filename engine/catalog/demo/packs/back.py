"""The back of a pack, drawn flat, and where on it everything stands."""

import random
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from engine.catalog.demo.barcode import draw_barcode
from engine.catalog.demo.packs.nutrition import Table, nutrition
from engine.catalog.demo.packs.pack import Pack
from engine.catalog.demo.packs.tables import Text
from engine.catalog.demo.packs.wording import Paragraph, companies, language_block, national
from engine.catalog.demo.palette import WHITE, Colour, legible, palette_of
from engine.catalog.demo.seeds import random_for
from engine.catalog.demo.typeface import Style, broken, draw_text, width_px

SIZES = ((1100, 1400), (1320, 940), (920, 1400), (1150, 1150), (1400, 800))
# small print is mostly plain; faces without the letters of a language fall back to plain ones
FACES = ("sans",) * 7 + ("sans-bold", "serif-bold", "round-bold", "narrow-bold")
BOLD_FACES = ("sans-bold", "sans-bold", "serif-bold", "round-bold")
STICKER: Colour = (255, 224, 60)
INK: Colour = (30, 26, 24)
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Printed:
    """Something on the sheet, and its place."""

    rows: tuple[Text, ...]
    box: Box
    size_px: int  # of its letters


@dataclass
class Sheet:
    """A back that is being filled, column by column."""

    image: Image.Image
    ink: Colour
    size_px: int
    text: Style
    bold: Style
    columns: list[Box]
    printed: list[Printed] = field(default_factory=list)
    place: int = 0  # of the present column

    def room(self, high_px: int) -> Box | None:
        """Go to the first column that still has room for so much, and return it, if one has."""
        for place, column in enumerate(self.columns):
            if column[3] - column[1] >= high_px:
                self.place = place
                return column
        return None

    def fill(self, high_px: int) -> None:
        """Move the pen of the present column down."""
        left, top, right, bottom = self.columns[self.place]
        self.columns[self.place] = (left, top + high_px, right, bottom)

    @property
    def narrowest_px(self) -> int:
        """The width that every column has."""
        return min(right - left for left, _, right, _ in self.columns)


def back_of(pack: Pack) -> Sheet:
    """Draw the back of a pack."""
    rng = pack.rng("back")
    sheet = empty_sheet(pack, rng)
    blocks: list[list[Paragraph]] = [
        language_block(pack, place, rng) for place in range(len(pack.languages))
    ]
    tail: list[Paragraph | Table | str] = [*companies(pack, rng), *national(pack, rng)]
    if pack.article.sector == "food" and rng.random() < 0.8:
        tail.append(nutrition(pack, rng))
    if rng.random() < 0.75:
        tail.append(pack.product.gtin)
    rng.shuffle(tail)
    # the small print of one language stands together; what is set apart may come before it
    ahead = rng.randint(0, len(tail) // 2)
    items: list[Paragraph | Table | str] = [*tail[:ahead]]
    for block in blocks:
        items += block
    for item in [*items, *tail[ahead:]]:
        put(sheet, item)
    trim(sheet)
    return sheet


def trim(sheet: Sheet) -> None:
    """Cut off what stayed empty, for packs are no larger than their small print needs."""
    margin = sheet.image.width // 28
    right = max(item.box[2] for item in sheet.printed) + margin
    bottom = max(item.box[3] for item in sheet.printed) + margin
    wide = sheet.image.width if right > sheet.image.width * 2 // 3 else right
    sheet.image = sheet.image.crop((0, 0, wide, min(bottom, sheet.image.height)))


def empty_sheet(pack: Pack, rng: random.Random) -> Sheet:
    """Return a back in the colours of the brand, with nothing on it."""
    wide, high = SIZES[rng.randrange(len(SIZES))]
    palette = palette_of(random_for(pack.seed, "palette", pack.product.family.brand.slug))
    ground = rng.choice((WHITE, WHITE, palette.light, palette.light, palette.ground))
    image = Image.new("RGB", (wide, high), ground)
    ink = legible(ground, WHITE, palette.ink)
    margin = wide // 28
    most = {1: (30, 46), 2: (26, 36), 3: (23, 30)}.get(len(pack.languages), (20, 26))
    size = rng.randint(*most)
    faces = FACES[:-1] if "tr" in pack.languages else FACES  # capitals alone lose the dot of the i
    text, bold = Style(rng.choice(faces)), Style(rng.choice(BOLD_FACES))
    band = rng.choice((0, 0, high // 12))
    if band:
        ImageDraw.Draw(image).rectangle((0, 0, wide, band), fill=palette.second)
    top = band + margin
    if wide < 1000:
        return Sheet(image, ink, size, text, bold, [(margin, top, wide - margin, high - margin)])
    middle = wide * rng.randint(48, 60) // 100
    columns = [
        (margin, top, middle - margin // 2, high - margin),
        (middle + margin // 2, top, wide - margin, high - margin),
    ]
    return Sheet(image, ink, size, text, bold, columns)


def put(sheet: Sheet, item: "Paragraph | Table | str") -> None:
    """Put an item where there is room; what has none is left out."""
    if isinstance(item, str):
        put_barcode(sheet, item)
    elif isinstance(item, Table):
        put_table(sheet, item)
    elif item.kind == "text":
        put_paragraph(sheet, item)
    else:
        put_plate(sheet, item)


def put_paragraph(sheet: Sheet, item: Paragraph) -> None:
    """Write a paragraph."""
    style = sheet.bold if item.is_bold else sheet.text
    size = sheet.size_px * 6 // 5 if item.is_bold else sheet.size_px
    step = size * 5 // 4
    box = sheet.room(2 * step)
    if box is None:
        return
    left, top, right, bottom = box
    lines = broken(item.text, style, size, right - left)[: (bottom - top) // step]
    for i, line in enumerate(lines):
        draw_text(sheet.image, (left, top + i * step + size), line, style, size, sheet.ink)
    wide = max(width_px(line, style, size) for line in lines)
    high = len(lines) * step
    for row, first, last in placed(item, lines):
        start, end = left, left + wide
        if first == last and row.text in lines[first]:
            start += width_px(lines[first].partition(row.text)[0], style, size)
            end = start + width_px(row.text, style, size)
        area = (start, top + first * step, end, top + (last + 1) * step)
        sheet.printed.append(Printed((row,), area, size))
    sheet.fill(high + size // 3)


def placed(item: Paragraph, lines: list[str]) -> list[tuple[Text, int, int]]:
    """Return the first and last line of each text of a paragraph, if it was not cut off.

    A text that stands there in other words, as a list of which some are shown, has all lines.
    """
    ends, end = [], 0
    for line in lines:
        end = item.text.find(line, end) + len(line)
        ends.append(end)
    out = []
    for row in item.rows:
        start = item.text.find(row.text)
        if start < 0:
            out.append((row, 0, len(lines) - 1))
        elif start + len(row.text) <= ends[-1]:
            first = next(i for i, end in enumerate(ends) if start < end)
            last = next(i for i, end in enumerate(ends) if start + len(row.text) <= end)
            out.append((row, first, last))
    return out


def put_plate(sheet: Sheet, item: Paragraph) -> None:
    """Set a text apart: in an oval, on a sticker, in a frame."""
    size = sheet.size_px * (8 if item.kind == "sticker" else 5) // 5
    box = sheet.room(4 * size)
    if box is None:
        return
    left, top, right, _ = box
    lines = broken(item.text, sheet.bold, size, (right - left) * 3 // 4 - 2 * size)[:3]
    if item.kind == "oval":
        lines = oval_lines(item.text)
    wide = max(width_px(line, sheet.bold, size) for line in lines) + 2 * size
    high = len(lines) * size * 5 // 4 + size
    plate = (left, top, left + wide, top + high)
    ground, ink = plate_colours(sheet, item.kind)
    draw = ImageDraw.Draw(sheet.image)
    if item.kind == "oval":
        plate = (left, top, left + wide + size, top + high + size)
        draw.ellipse(plate, fill=ground, outline=ink, width=max(2, size // 12))
    else:
        draw.rounded_rectangle(plate, size // 3, fill=ground, outline=ink, width=2)
    middle = (plate[0] + plate[2]) // 2
    first = (plate[1] + plate[3] - len(lines) * size * 5 // 4) // 2 + size
    for i, line in enumerate(lines):
        at = (middle, first + i * size * 5 // 4)
        draw_text(sheet.image, at, line, sheet.bold, size, ink, "m")
    sheet.printed.append(Printed(item.rows, plate, size))
    sheet.fill(plate[3] - plate[1] + size // 2)


def oval_lines(text: str) -> list[str]:
    """Break the mark of an approved plant as they are: country, number, letters of the union."""
    parts = text.split(" ")
    if len(parts) < 3:
        return parts
    return [parts[0], " ".join(parts[1:-1]), parts[-1]]


def plate_colours(sheet: Sheet, kind: str) -> tuple[Colour, Colour]:
    """Return ground and ink of a plate."""
    if kind == "sticker":
        return STICKER, INK
    ground = sheet.image.getpixel((1, sheet.image.height - 2))
    assert isinstance(ground, tuple)
    return (int(ground[0]), int(ground[1]), int(ground[2])), sheet.ink


def put_table(sheet: Sheet, table: Table) -> None:
    """Draw nutrition facts, labels of several languages in as many lines as they need."""
    size = sheet.size_px
    step = size * 5 // 4
    wide = sheet.narrowest_px
    heading = broken(table.heading, sheet.bold, size, wide - size)
    labels = [
        broken(
            line.label, sheet.text, size, wide - 2 * size - width_px(line.amount, sheet.text, size)
        )
        for line in table.lines
    ]
    box = sheet.room(step * (len(heading) + sum(map(len, labels)) + 2))
    if box is None:
        return
    left, top, _, _ = box
    right = left + wide
    draw = ImageDraw.Draw(sheet.image)
    y = write_lines(sheet, heading, sheet.bold, (left + size // 2, top + size // 4))
    sheet.printed.append(Printed(table.rows, (left, top, right, y), size))
    for label, line in zip(labels, table.lines, strict=True):
        draw.line([(left, y), (right, y)], sheet.ink, 2)
        at = (right - size // 2, y + size)
        draw_text(sheet.image, at, line.amount, sheet.text, size, sheet.ink, "r")
        end = write_lines(sheet, label, sheet.text, (left + size // 2, y))
        labelled = max(width_px(part, sheet.text, size) for part in label)
        sheet.printed.append(Printed(line.rows, (left, y, left + size + labelled, end), size))
        y = end
    draw.rectangle((left, top, right, y), outline=sheet.ink, width=3)
    sheet.fill(y - top + size)


def write_lines(sheet: Sheet, lines: list[str], style: Style, at: tuple[int, int]) -> int:
    """Write lines below each other; return where the next thing can begin."""
    x, y = at
    for line in lines:
        draw_text(sheet.image, (x, y + sheet.size_px), line, style, sheet.size_px, sheet.ink)
        y += sheet.size_px * 5 // 4
    return y + sheet.size_px // 8


def put_barcode(sheet: Sheet, gtin: str) -> None:
    """Draw the barcode."""
    code = draw_barcode(gtin, 3, 190)
    box = sheet.room(code.height)
    if box is None or box[2] - box[0] < code.width:
        return
    left, top, _, _ = box
    sheet.image.paste(code, (left, top))
    row = Text(f"gtin/{gtin[:3]}", "gtin", gtin)
    size = 24  # of the digits: eight modules
    sheet.printed.append(Printed((row,), (left, top, left + code.width, top + code.height), size))
    sheet.fill(code.height + sheet.size_px // 2)
