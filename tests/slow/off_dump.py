"""A made-up dump of any size in the layout of Open Food Facts: every row another product."""

import json
import random
from pathlib import Path

from engine.catalog.fields import gtin_check_digit

COUNTRIES = {"sweden": ("sv", "73"), "france": ("fr", "32"), "germany": ("de", "40")}
SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "fla", "gre", "pri", "sto"]
FILLER = {f"nutrient-{number}_100g": number / 7 for number in range(60)}


def write_dump(path: Path, n_rows: int, seed: int = 4) -> None:
    """Write `n_rows` products as JSON Lines, some 4 kB each."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_rows):
            file.write(json.dumps(entry(rng, number)) + "\n")


def entry(rng: random.Random, number: int) -> dict[str, object]:
    country, (language, prefix) = rng.choice(list(COUNTRIES.items()))
    digits = f"{prefix}{number:010d}"
    name = " ".join(word(rng) for _ in range(4)) + f" {number}"
    return {
        "_id": digits + gtin_check_digit(digits),
        "code": digits + gtin_check_digit(digits),
        "product_type": "food",
        "product_name": name,
        f"product_name_{language}": name,
        "generic_name": " ".join(word(rng) for _ in range(6)),
        "brands": f"{word(rng)}, {word(rng)}",
        "categories_tags": ["en:foods", f"en:{word(rng)}", f"en:{word(rng)}-{word(rng)}"],
        "countries_tags": [f"en:{country}"] + ["en:norway"] * rng.randrange(2),
        "stores_tags": ["ica"],
        "stores": "ICA",
        "origins_tags": ["en:european-union"],
        "manufacturing_places_tags": [country],
        "emb_codes_tags": [],
        "lang": language,
        "languages_codes": {language: 5},
        "popularity_tags": ["at-least-5-scans-2023", "at-least-5-fr-scans-2023"],
        "creator": "kiliweb",
        "editors_tags": ["kiliweb", "anna"],
        "created_t": 1_500_000_000 + number,
        "last_modified_t": 1_700_000_000 + number,
        "quantity": "500 g",
        "images": {"1": {"uploader": "kiliweb"}, f"front_{language}": {"imgid": "1", "rev": "3"}},
        "nutriments": FILLER,
        "ingredients_text": " ".join(word(rng) for _ in range(60)),
    }


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(3))
