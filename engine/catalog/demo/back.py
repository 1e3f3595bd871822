"""The back of a pack: what the law asks for, in every language of the pack, and the barcode."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.barcode import draw_barcode
from engine.catalog.demo.lettering import draw_logo, draw_title
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import Colour, legible, lighter, luma
from engine.catalog.demo.tables import Country, countries
from engine.catalog.demo.typeface import draw_paragraph, draw_text, width_px
from engine.catalog.demo.words import Language

MODULE_PX = 4  # at twice the size of the finished picture, so 2 px in the end
HOMES = {
    "sv": "SE", "da": "DK", "nb": "NO", "fi": "FI", "de": "DE", "fr": "FR", "it": "IT",
    "es": "ES", "pl": "PL", "en": "GB", "pt": "PT", "nl": "NL", "cs": "CZ", "sk": "SK",
    "hr": "HR", "sl": "SI", "et": "EE", "lv": "LV", "lt": "LT", "ar": "AE", "ru": "RU",
}  # fmt: skip
NUTRIENTS = ("energy", "fat", "sugars", "protein", "salt")


def back(art: Artwork, wide_px: int, high_px: int) -> Image.Image:
    """Draw the back of a pack, flat; twice the size at which its barcode scans."""
    ground = art.palette.light
    image = Image.new("RGB", (wide_px, high_px), ground)
    draw = ImageDraw.Draw(image)
    head = high_px * 13 // 100
    draw.rectangle((0, 0, wide_px, head), fill=art.palette.ground)
    draw.rectangle((0, head, wide_px, head + high_px // 100), fill=art.accents[0])
    pad = wide_px // 20
    draw_logo(image, (pad, head // 6, wide_px // 2, head * 5 // 6), art, art.palette.ground)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    title = (wide_px * 54 // 100, head // 5, wide_px - pad, head * 4 // 5)
    draw_title(image, title, art.titles[0], art.title, ink, "r")
    code = draw_barcode(art.product.gtin, MODULE_PX, high_px * 15 // 100 // 2 * 2)
    top = even(high_px - code.height - pad)
    write_languages(image, art, (pad, head + pad // 2, wide_px - pad, top - pad))
    image.paste(code, (even(wide_px - code.width - pad), top))
    marks(image, art, (pad, top, wide_px - code.width - 2 * pad, high_px - pad))
    return image


def even(number: int) -> int:
    """Return an even number, which stays on the pixel grid when the picture is halved."""
    return number // 2 * 2


def write_languages(image: Image.Image, art: Artwork, box: tuple[int, int, int, int]) -> None:
    """Write the small print in up to four languages, then nutrition facts."""
    left, top, right, bottom = box
    words = art.languages[:4]
    size = max(15, (27, 21, 17, 15)[len(words) - 1] * image.width // 700)
    for language in words:
        if top > bottom - 3 * size:
            return
        top = write_language(image, art, language, (left, top, right, bottom), size) + size // 2
    if art.product.family.article.sector == "food" and top < bottom - 10 * size:
        top = write_nutrition(image, art, (left, top, right, bottom), size) + size
    free = bottom - top
    if free > image.height // 6:
        pale = (lighter(art.accents[0], 55), lighter(art.accents[1], 45))
        middle = ((left + right) // 2, top + free // 2)
        draw_motif(image, art.taste, middle, min(free * 38 // 100, image.width // 4), pale)


def write_language(
    image: Image.Image,
    art: Artwork,
    language: Language,
    box: tuple[int, int, int, int],
    size: int,
) -> int:
    """Write the small print in one language; return where it ended."""
    left, top, right, bottom = box
    product, ink = art.product, art.palette.ink
    heading = f"{product.noun(language)} {product.variant_word(language)}"
    top = draw_paragraph(image, (left, top, right, bottom), heading, art.bold, size * 6 // 5, ink)
    for text in small_print(art, language):
        top = draw_paragraph(image, (left, top, right, bottom), text, art.text, size, ink)
    return top


def small_print(art: Artwork, language: Language) -> list[str]:
    """Return the paragraphs of one language."""
    phrases = language.phrases
    lines = [importer_line(art, language)]
    sector = art.product.family.article.sector
    if sector == "food":
        made_of = f"{phrases['ingredients']}: {contents(art, language)}."
        lines = [made_of, phrases["keep"], *lines]
    elif sector in ("care", "clean"):
        lines = [phrases["external"], phrases["keep"], *lines]
    elif art.product.family.article.category == "textile":
        lines = [phrases["wash"], *lines]
    if art.quantity and sector != "press":
        lines.append(f"{phrases['net']}: {art.product.quantity}")
    return [*lines, phrases["recycle"]]


def contents(art: Artwork, language: Language) -> str:
    """Return what food is made of."""
    rng = art.rng("contents")
    nouns = ["milk", "honey", "water"]
    rng.shuffle(nouns)
    words = [art.product.variant_word(language), *(language.nouns[noun] for noun in nouns[:2])]
    words += [language.phrases["sugars"], language.phrases["salt"]]
    return ", ".join(dict.fromkeys(word.lower() for word in words))


def importer_line(art: Artwork, language: Language) -> str:
    """Return who brings the thing into the country, with address, site and telephone."""
    country = country_of(art, language)
    rng = art.own_rng("importer")
    digits = f"{rng.randrange(10, 100)} {rng.randrange(100, 1000)} {rng.randrange(1000):03d}"
    number = f"+{country.phone} {digits}"
    brand = art.product.family.brand
    site = f"www.{brand.slug}-info.{country.domain}"
    address = f"{brand.name} {country.company}, {country.city}. {site} {number}"
    is_home = country.code == brand.region.markets[0]
    return address if is_home else f"{language.phrases['importer']}: {address}"


def country_of(art: Artwork, language: Language) -> Country:
    """Return the market of the region whose language it is, else the first."""
    markets = art.product.region.markets
    home = HOMES.get(language.code, "")
    return countries()[home if home in markets else markets[0]]


def write_nutrition(
    image: Image.Image, art: Artwork, box: tuple[int, int, int, int], size: int
) -> int:
    """Draw the table of nutrition facts; return where it ended."""
    left, top, right, _ = box
    draw = ImageDraw.Draw(image)
    words = art.languages[0].phrases
    ink = art.palette.ink
    right = left + (right - left) * 3 // 4
    step = size * 3 // 2
    draw.rectangle((left, top, right, top + step), fill=art.palette.ground)
    head = legible(art.palette.ground, (255, 255, 255), ink)
    draw_text(
        image, (left + size // 2, top + size * 11 // 10), words["nutrition"], art.bold, size, head
    )
    rng = art.own_rng("nutrition")
    for row, key in enumerate(NUTRIENTS):
        y = top + step * (row + 1)
        amount = f"{rng.randrange(80, 2100)} kJ" if row == 0 else f"{rng.randrange(1, 400) / 10} g"
        draw_text(image, (left + size // 2, y + size * 11 // 10), words[key], art.text, size, ink)
        draw_text(image, (right - size // 2, y + size * 11 // 10), amount, art.text, size, ink, "r")
        draw.line([(left, y + step), (right, y + step)], ink, 2)
    end = top + step * (len(NUTRIENTS) + 1)
    draw.rectangle((left, top, right, end), outline=ink, width=2)
    return end


def marks(image: Image.Image, art: Artwork, box: tuple[int, int, int, int]) -> None:
    """Draw a best-before field and a recycling loop beside the barcode."""
    left, top, right, bottom = box
    if right - left < 60:
        return
    draw = ImageDraw.Draw(image)
    ink: Colour = art.palette.ink
    size = min((bottom - top) // 3, (right - left) // 3)
    loop(draw, (left + size, bottom - size), size * 4 // 5, ink)
    rng = art.own_rng("date")
    date = f"{rng.randrange(1, 29):02d}.{rng.randrange(1, 13):02d}.{rng.randrange(2026, 2029)}"
    code = f"L{rng.randrange(1000, 10000)}"
    text_px = max(16, (right - left) // 9)
    plate = lighter(art.palette.light, 60 if luma(art.palette.light) < 250 else 0)
    wide = max(width_px(date, art.text, text_px), width_px(code, art.text, text_px)) + text_px
    draw.rectangle((left, top, left + wide, top + text_px * 3), fill=plate, outline=ink, width=2)
    draw_text(image, (left + text_px // 2, top + text_px * 5 // 4), date, art.text, text_px, ink)
    draw_text(image, (left + text_px // 2, top + text_px * 5 // 2), code, art.text, text_px, ink)


def loop(draw: ImageDraw.ImageDraw, middle: tuple[int, int], radius: int, ink: Colour) -> None:
    """Draw three arrows that follow each other around."""
    x, y = middle
    box = (x - radius, y - radius, x + radius, y + radius)
    for start in (0, 120, 240):
        draw.arc(box, start, start + 85, fill=ink, width=max(3, radius // 5))
        draw.pieslice(box, start + 85, start + 108, fill=ink)
