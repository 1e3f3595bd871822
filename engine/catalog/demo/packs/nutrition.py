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
class Table:
    """Rows of nutrition facts below their heading."""

    heading: str
    notes: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    rows: tuple[Text, ...]


def nutrition(pack: Pack, rng: random.Random) -> Table:
    """Return the nutrition facts of a pack."""
    languages = pack.languages[:MOST_LANGUAGES]
    used: list[Text] = []
    heading = joined(languages, "nutrition", rng, used)
    chosen = [key for key in NUTRIENTS if key != "fibre" or rng.random() < 0.6]
    amounts = amounts_of(pack, languages[0], rng)
    lines = tuple((joined(languages, key, rng, used), amounts[key]) for key in chosen)
    notes = texts("national").get((pack.country, "panel"), ())
    used += notes
    return Table(heading, tuple(note.text for note in notes), lines, tuple(used))


def joined(languages: tuple[str, ...], topic: str, rng: random.Random, used: list[Text]) -> str:
    """Return the words for a topic in every language, each once."""
    rows = [row for code in languages if (row := pick("phrases", code, topic, rng))]
    used += rows
    return " / ".join(dict.fromkeys(row.text for row in rows))


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
