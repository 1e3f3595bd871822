"""What a crop of a pack shows, written beside it, so that an evaluation can score kinds apart."""

from collections.abc import Callable

from engine.catalog.demo.packs.shot import Shot
from engine.catalog.demo.packs.tables import EXTRA, facts
from engine.catalog.demo.script import script_of

PACK_COLUMNS = (
    "image", "country", "markets", "group", "side", "languages", "scripts", "readable", "kinds",
    "rows", "texts", "traps",
)  # fmt: skip
# the scripts that the OCR networks of this package were trained on
READABLE = ("latin", "kana", "han")


def pack_row(shot: Shot, image: str) -> dict[str, str]:
    """Return the row of a crop.

    `rows` names the texts by table, language or country, topic and number; `texts` holds them in
    the same order. `markets` are the countries that share the pack: nothing but what `kinds` says
    can tell them apart. A claim is listed for every front, though some designs leave it out, and
    what hides a part of a crop is not taken into account.
    """
    scripts = scripts_in(shot)
    readable = [script for script in scripts if script in READABLE]
    share = "yes" if len(readable) == len(scripts) else "partly" if readable else "no"
    return {
        "image": image,
        "country": shot.pack.country,
        "markets": "|".join(shot.pack.markets),
        "group": "extra" if shot.pack.country in EXTRA else "main",
        "side": shot.side,
        "languages": "|".join(shot.pack.languages),
        "scripts": "|".join(scripts),
        "readable": share,
        "kinds": "|".join(sorted({row.topic for row in shot.rows})),
        "rows": "|".join(row.id for row in shot.rows),
        "texts": "|".join(row.text.replace("|", " ") for row in shot.rows),
        "traps": "|".join(traps_in(shot)),
    }


def groups_of(shot: Shot, knows: Callable[[str], bool] | None = None) -> list[str]:
    """Return the groups whose countries an evaluation reports apart.

    `knows` tells whether a rule finds anything in a text. Without it, what only one country's packs
    say is not divided into what rules know and what they do not.
    """
    groups = ["6 countries of other scripts" if shot.pack.country in EXTRA else "30 countries"]
    groups.append("whole back" if shot.side == "back" else shot.side)
    if len(shot.pack.markets) > 1:
        groups.append("shared pack")
    if not set(scripts_in(shot)) & set(READABLE):
        groups.append("script that OCR cannot read")
    told = [row.text for row in shot.rows if row.id.startswith("national/")]
    if told and knows:
        is_known = any(map(knows, told))
        groups.append("wording that rules know" if is_known else "wording that no rule knows")
    return groups


def scripts_in(shot: Shot) -> list[str]:
    """Return the scripts of the words shown, in alphabetical order."""
    letters = {char for row in shot.rows for char in row.text if char.isalpha()}
    return sorted({script_name(char) for char in letters}) or ["latin"]


def script_name(char: str) -> str:
    """Return the script of a letter; the fonts count three as European."""
    name = script_of(char)
    if name != "european":
        return name
    code = ord(char)
    return "greek" if 0x370 <= code < 0x400 else "cyrillic" if 0x400 <= code < 0x530 else "latin"


def traps_in(shot: Shot) -> list[str]:
    """Return what on the crop speaks for another country than the one it was bought in."""
    topics = {row.topic for row in shot.rows}
    found: list[str] = [topic for topic in ("madein", "traps") if topic in topics]
    first, last = facts()[shot.pack.country].gs1
    if "gtin" in topics and not first <= int(shot.pack.product.gtin[:3]) <= last:
        found.append("gtin")
    homes = set(shot.pack.markets)
    if any(row.topic == "places" and row.id.split("/")[1] not in homes for row in shot.rows):
        found.append("company")
    return found
