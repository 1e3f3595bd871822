"""The front of a pack: a design of the demo catalog with this pack's words, and stickers on it."""

from dataclasses import replace

from PIL import Image

from engine.catalog.demo.artwork import Artwork, artwork_of, unique
from engine.catalog.demo.lettering import draw_chip
from engine.catalog.demo.packs.pack import Pack
from engine.catalog.demo.packs.tables import Text
from engine.catalog.demo.packs.wording import DRINKS, boast, found, pick
from engine.catalog.demo.palette import Colour
from engine.catalog.demo.shapes import body_of
from engine.catalog.demo.typeface import Style

SHARE_IN_ENGLISH = 0.07  # fronts that speak English alone, as cosmetics and sweets do anywhere
SHARES = {"claims": 0.45, "traps": 0.22, "prices": 0.13, "mark": 0.16, "deposit": 0.35}
LONGEST_CHIP = 46  # characters; what is longer belongs on the back
TINTS: tuple[Colour, ...] = ((214, 40, 40), (255, 214, 10), (250, 250, 246), (32, 74, 52))
SPOTS = ((50, 62), (35, 33), (62, 30), (50, 83), (40, 74))  # hundredths of the body


def front_of(pack: Pack) -> tuple[Image.Image, tuple[Text, ...]]:
    """Draw the front as a body cut out, RGBA; return it with what is written on it."""
    art, rows = lettered(pack)
    body = body_of(art).reduce(2)
    return body, rows + put_stickers(body, pack)


def lettered(pack: Pack) -> tuple[Artwork, tuple[Text, ...]]:
    """Return the look of the pack with the words of its languages."""
    rng = pack.rng("front")
    plain = artwork_of(pack.product)
    codes = ("en",) if rng.random() < SHARE_IN_ENGLISH else shown_languages(pack)
    words = [words for code, words in zip(pack.languages, pack.words, strict=True) if code in codes]
    words = words or list(plain.languages)
    article, variant = pack.article.name, pack.product.variant
    claim = boast(pack, codes[0], rng)
    slogan = claim.text if claim else words[0].phrases["clean"]
    art = replace(
        plain,
        languages=tuple(words),
        titles=unique(word.nouns[article] for word in words),
        variants=unique(word.variants[variant] for word in words),
        slogan=slogan,
        quantity=pack.product.quantity,
        title=Style(plain.title.face if words[0].script == "latin" else "sans-bold"),
    )
    nouns = tuple(
        Text(f"words/{code}/nouns/{article}", "noun", word.nouns[article])
        for code, word in zip(codes, words, strict=False)
    )
    brand = () if pack.store is None else (pack.store,)
    return art, (*brand, *nouns, *found(claim))


def shown_languages(pack: Pack) -> tuple[str, ...]:
    """Return the languages that the front has room for."""
    luck = pack.rng("front languages").random()
    if luck < 0.3:
        return pack.languages[:1]
    return pack.languages[: 2 if luck < 0.5 else 4]


def put_stickers(body: Image.Image, pack: Pack) -> tuple[Text, ...]:
    """Put claims, marks and prices on a body; return what they say."""
    rng = pack.rng("stickers")
    chosen = [row for row in sticker_rows(pack) if len(row.text) <= LONGEST_CHIP][:2]
    spots = rng.sample(SPOTS, len(chosen))
    for row, (across, down) in zip(chosen, spots, strict=True):
        at = (body.width * across // 100, body.height * down // 100)
        size = min(body.size) // rng.randint(12, 18)
        tint = TINTS[rng.randrange(len(TINTS))]
        style = Style(rng.choice(("sans-bold", "sans-bold", "serif-bold")))
        wide = body.width * 8 // 10
        draw_chip(body, at, row.text, style, size, tint, wide_px=wide)
    return tuple(chosen)


def sticker_rows(pack: Pack) -> list[Text]:
    """Choose what is on the stickers."""
    rng = pack.rng("sticker rows")
    rows = []
    for kind, share in SHARES.items():
        if rng.random() < share and (row := sticker_row(pack, kind)):
            rows.append(row)
    rng.shuffle(rows)
    return rows


def sticker_row(pack: Pack, kind: str) -> Text | None:
    """Return a text of a kind, if this pack can have one."""
    rng = pack.rng("sticker", kind)
    if kind == "claims":
        return boast(pack, rng.choice(pack.languages[:2]), rng)
    if kind == "traps":
        return pick("traps", "any", "traps", rng)
    if kind == "prices":
        return pick("prices", pack.country, "prices", rng)
    if kind == "deposit" and pack.article.name not in DRINKS:
        return None
    if kind == "mark" and pack.article.sector != "food":
        return None
    return pick("national", pack.country, kind, rng)
