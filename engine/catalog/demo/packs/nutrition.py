"""Nutrition tables: the European one in every language of a pack, and those of the Americas."""

import random
from dataclasses import dataclass

from engine.catalog.demo.packs.pack import Pack
from engine.catalog.demo.packs.tables import Text, texts
from engine.catalog.demo.packs.wording import pick

NUTRIENTS = ("energy", "fat", "saturates", "carbs", "sugars", "fibre", "protein", "salt")
POINT = ("en", "en-US", "en-CA", "fr-CA", "ja", "ko", "th", "he")  # 1.5, where others write 1,5
AMERICAN = ("US", "CA")
MOST_LANGUAGES = 3


@dataclass(frozen=True)
class Line:
    """How much there is of something, in the words of every language."""

    label: str
    amount: str
    rows: tuple[Text, ...]


@dataclass(frozen=True)
class Table:
    """Nutrition facts below their heading."""

    heading: str
    rows: tuple[Text, ...]  # of the heading
    lines: tuple[Line, ...]


def nutrition(pack: Pack, rng: random.Random) -> Table:
    """Return the nutrition facts of a pack."""
    languages = pack.languages[:MOST_LANGUAGES]
    heading = line_of(languages, "nutrition", "", rng)
    amounts = amounts_of(pack, languages[0], rng)
    notes = texts("national").get((pack.country, "panel"), ())
    lines = [Line(note.text, "", (note,)) for note in notes]
    for key in NUTRIENTS:
        if key != "fibre" or rng.random() < 0.6:
            lines.append(line_of(languages, key, amounts[key], rng))
    return Table(heading.label, heading.rows, tuple(lines))


def line_of(languages: tuple[str, ...], topic: str, amount: str, rng: random.Random) -> Line:
    """Return the words for a topic in every language, each once, beside an amount."""
    rows = tuple(row for code in languages if (row := pick("phrases", code, topic, rng)))
    return Line(" / ".join(dict.fromkeys(row.text for row in rows)), amount, rows)


def amounts_of(pack: Pack, language: str, rng: random.Random) -> dict[str, str]:
    """Make up how much there is of everything."""
    kcal = rng.randint(30, 560)
    grams = {key: rng.randrange(1, 600) / 10 for key in NUTRIENTS}
    if pack.country in AMERICAN:
        amounts = {key: f"{round(value)}g  {rng.randrange(40)}%" for key, value in grams.items()}
        return amounts | {"energy": str(kcal), "salt": f"{rng.randrange(5, 700)}mg  {kcal % 30}%"}
    amounts = {key: f"{value:.1f} g" for key, value in grams.items()}
    amounts["energy"] = f"{round(kcal * 4.184)} kJ / {kcal} kcal"
    if pack.country == "BR":
        amounts = {key: f"{value:.0f}   {rng.randrange(40)}%" for key, value in grams.items()}
        amounts["energy"] = f"{kcal}   {kcal // 20}%"
    if language in POINT:
        return amounts
    return {key: value.replace(".", ",") for key, value in amounts.items()}
