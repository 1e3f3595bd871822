"""What stands on the back of a pack: paragraphs, each with the rows of the tables it is made of."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from engine.catalog.demo.brands import as_domain
from engine.catalog.demo.packs.pack import Pack
from engine.catalog.demo.packs.tables import MAIN, Text, facts, names, streets, texts

DRINKS = ("lemonade", "water", "juice")
# on a hundred backs; what each says is in the tables
SHARES = {
    "phone": 0.4, "site": 0.5, "number": 0.3, "madein": 0.25, "recycling": 0.45, "deposit": 0.75,
    "mark": 0.4, "medicine": 0.15, "trap": 0.12, "foreign maker": 0.25, "price": 0.15,
    "country": 0.35,
}  # fmt: skip
ALWAYS_NUMBERED = ("BR",)  # ANVISA RDC 727/2022 asks for the CNPJ
INCI = "Aqua, Sodium Laureth Sulfate, Glycerin, Cocamidopropyl Betaine, Sodium Chloride, Parfum"
FIRST_DAY = date(2026, 1, 1)
DAYS = 900


@dataclass(frozen=True)
class Paragraph:
    """A piece of text that stands by itself."""

    text: str
    rows: tuple[Text, ...]
    is_bold: bool = False
    kind: str = "text"  # "text", "oval", "sticker" or "panel": how it is set


def pick(table: str, place: str, topic: str, rng: random.Random) -> Text | None:
    """Choose a row of a table, if it has one for this place and topic."""
    choices = texts(table).get((place, topic), ())
    return rng.choice(choices) if choices else None


def boast(pack: Pack, code: str, rng: random.Random) -> Text | None:
    """Choose a claim that goes with the goods; detergents have none."""
    if pack.article.sector == "clean":
        return None
    return pick("phrases", code, "claim" if pack.article.sector == "food" else "care", rng)


def found(*rows: Text | None) -> tuple[Text, ...]:
    """Return the rows that there are."""
    return tuple(row for row in rows if row)


def language_block(pack: Pack, place: int, rng: random.Random) -> list[Paragraph]:
    """Return heading and small print in one language of the pack."""
    code = pack.languages[place]
    heading = heading_of(pack, place)
    lines = {"food": food, "care": care, "clean": clean}[pack.article.sector](pack, code, rng)
    # what is shared by many languages is short in each
    most = {1: 6, 2: 5, 3: 4}.get(len(pack.languages), 3)
    kept = lines[:1] + sorted(rng.sample(lines[1:], min(most, len(lines)) - 1), key=lines.index)
    return [Paragraph(heading.text, heading.rows, is_bold=True), *kept]


def heading_of(pack: Pack, place: int) -> Paragraph:
    """Return the name of the thing, at times with a code of the language or of its countries."""
    words = pack.words[place]
    noun = words.nouns[pack.article.name]
    name = f"{noun} {words.variants[pack.product.variant]}"
    code = pack.languages[place]
    rows = [Text(f"words/{code}/nouns/{pack.article.name}", "noun", name)]
    style = pack.rng("codes").choice(("none", "language", "countries", "countries"))
    if len(pack.languages) > 1 and style != "none":
        label = code[:2].upper() if style == "language" else codes_of(pack, code)
        rows.append(Text(f"codes/{code}/{style}", "code", label))
        name = pack.rng("code form").choice(("{} {}", "({}) {}", "{}: {}")).format(label, name)
    return Paragraph(name, tuple(rows))


def codes_of(pack: Pack, language: str) -> str:
    """Return the countries of the pack that speak a language, else the language's code."""
    main = [code for code in pack.markets if facts()[code].language == language]
    return "/".join(main) or language[:2].upper()


def food(pack: Pack, code: str, rng: random.Random) -> list[Paragraph]:
    """Return what the law asks of food."""
    head, contents = (
        pick("phrases", code, "ingredients", rng),
        pick("phrases", code, "contents", rng),
    )
    assert head
    assert contents
    parts = contents.text.split("; ")
    chosen = pack.rng("contents").sample(range(len(parts)), min(len(parts), 6))
    listed = ", ".join(parts[place] for place in chosen)
    lines = [Paragraph(f"{head.text}: {listed}.", (head, contents))]
    lines += plain(code, ("contains", "storage", "opened", "usage"), rng)
    lines.insert(2, dated(pack, code, rng))
    lines += weighed(pack, code, rng)
    return lines


def care(pack: Pack, code: str, rng: random.Random) -> list[Paragraph]:
    """Return what is printed on cosmetics; their ingredients have the same names everywhere."""
    head = pick("phrases", code, "ingredients", rng)
    assert head
    first = Paragraph(f"{head.text}: {INCI}.", (head,))
    use = plain(code, ("care", "warn"), rng)
    return [*use[:1], first, *use[1:], *weighed(pack, code, rng)]


def clean(pack: Pack, code: str, rng: random.Random) -> list[Paragraph]:
    """Return what is printed on detergents."""
    return plain(code, ("warn", "usage"), rng)[:1] + weighed(pack, code, rng)


def plain(code: str, topics: tuple[str, ...], rng: random.Random) -> list[Paragraph]:
    """Return a sentence on each topic."""
    rows = [pick("phrases", code, topic, rng) for topic in topics]
    return [Paragraph(row.text, (row,)) for row in rows if row]


def dated(pack: Pack, code: str, rng: random.Random) -> Paragraph:
    """Return the best-before words, at times with the date beside them."""
    row = pick("phrases", code, "bestbefore", rng)
    assert row
    has_date = ":" not in row.text and pack.rng("date").random() < 0.7
    return Paragraph(f"{row.text}: {day(pack)}" if has_date else row.text, (row,))


def day(pack: Pack) -> str:
    """Return the date of the pack in the style of its country."""
    days = timedelta(days=pack.rng("day").randrange(DAYS))
    return (FIRST_DAY + days).strftime(facts()[pack.country].date)


def weighed(pack: Pack, code: str, rng: random.Random) -> list[Paragraph]:
    """Return the net quantity."""
    row = pick("phrases", code, "net", rng)
    return [Paragraph(f"{row.text}: {pack.product.quantity}", (row,))] if row else []


def companies(pack: Pack, rng: random.Random) -> list[Paragraph]:
    """Return who makes the thing and who sells it, each with what helps to reach them."""
    if len(pack.markets) > 1 and rng.random() < 0.6:
        shown = [code for code in pack.markets if code != pack.country]
        others = rng.sample(shown, rng.randint(0, min(2, len(shown))))
        return [company(pack, code, "importer", rng) for code in (pack.country, *others)]
    lines = [company(pack, pack.country, "producer", rng)]
    if rng.random() < SHARES["foreign maker"]:
        abroad = rng.choice([code for code in MAIN if code != pack.country])
        lines = [
            company(pack, abroad, "producer", rng),
            company(pack, pack.country, "importer", rng),
        ]
    return lines


def company(pack: Pack, country: str, topic: str, rng: random.Random) -> Paragraph:
    """Return a line such as `Importör: Velora AB, Hamngatan 3, 211 20 Malmö. www.velora.se`."""
    language = facts()[country].language if country in pack.markets else pack.languages[0]
    if language not in pack.languages:
        language = pack.languages[0]
    label, form = pick("phrases", language, topic, rng), pick("forms", country, "forms", rng)
    place = pick("places", country, "places", rng)
    assert label
    assert form
    assert place
    name = pack.brand if rng.random() < 0.6 and not pack.store else rng.choice(names()["companies"])
    street = f"{streets()[place.text]} {rng.randint(2, 90)}"
    parts = [f"{name} {form.text}", street, place.text]
    if rng.random() < SHARES["country"]:
        parts.append(facts()[country].name)
    more, rows = reached(name, country, language, rng)
    text = f"{label.text}: {', '.join(parts)}. {' '.join(more)}".strip()
    return Paragraph(text, (label, form, place, *rows))


def reached(
    name: str, country: str, language: str, rng: random.Random
) -> tuple[list[str], list[Text]]:
    """Return telephone, site and number of a company, as often as packs have them."""
    parts: list[str] = []
    rows: list[Text] = []
    if rng.random() < SHARES["phone"] and (phone := pick("phones", country, "phones", rng)):
        contact = pick("phrases", language, "contact", rng)
        assert contact
        label = contact if rng.random() < 0.6 else Text("any/tel", "contact", "Tel.")
        parts.append(f"{label.text}: {phone.text}")
        rows += [phone, label]
    if rng.random() < SHARES["site"]:
        domain = "com" if rng.random() < 0.25 else facts()[country].domain
        site = rng.choice(("www.{}.{}", "{}.{}", "info@{}.{}")).format(as_domain(name), domain)
        parts.append(site)
        rows.append(Text(f"domains/{domain}", "site", site))
    share = 0.9 if country in ALWAYS_NUMBERED else SHARES["number"]
    if rng.random() < share and (number := pick("numbers", country, "numbers", rng)):
        parts.append(number.text)
        rows.append(number)
    return parts, rows


def national(pack: Pack, rng: random.Random) -> list[Paragraph]:
    """Return what only this country's packs say: deposit, sorting, marks; and what misleads."""
    out: list[Paragraph] = []
    mark = {"food": "mark", "care": "medicine"}.get(pack.article.sector, "recycling")
    topics = [topic for topic in ("recycling", mark) if rng.random() < SHARES[topic]]
    topics = list(dict.fromkeys(topics))
    if pack.article.name in DRINKS and rng.random() < SHARES["deposit"]:
        topics.append("deposit")
    for topic in topics:
        if row := pick("national", pack.country, topic, rng):
            out.append(Paragraph(row.text, (row,), topic != "recycling", kind_of(row, rng)))
    if rng.random() < SHARES["madein"] and (
        row := pick("phrases", pack.languages[0], "madein", rng)
    ):
        out.append(Paragraph(row.text, (row,)))
    if rng.random() < SHARES["trap"] and (row := pick("traps", "any", "traps", rng)):
        out.append(Paragraph(row.text, (row,), is_bold=True))
    if rng.random() < SHARES["price"] and (row := pick("prices", pack.country, "prices", rng)):
        out.append(Paragraph(row.text, (row,), is_bold=True, kind="sticker"))
    return out


def kind_of(row: Text, rng: random.Random) -> str:
    """Return how a mark is set: those of a plant's approval stand in an oval."""
    code = row.text.partition(" ")[0]
    is_plant = len(code) == 2 and code.isupper() and any(char.isdigit() for char in row.text)
    if row.topic == "mark" and is_plant:
        return "oval"
    return rng.choice(("text", "panel")) if row.topic != "recycling" else "panel"
