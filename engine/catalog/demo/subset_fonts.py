"""Makes the fonts of this package from Debian's fonts; run it again when the words change.

    apt-get install fonts-noto-core fonts-noto-cjk fonts-lobstertwo fonts-bebas-neue \
        fonts-league-spartan fonts-comfortaa
    pip install fonttools
    python -m engine.catalog.demo.subset_fonts

fontTools ships no types, and nobody who installs the engine needs it: hence the ignores.
A subset is a modified version in the sense of the Open Font License, so each is renamed.
`fonts/faces.json` says where each came from and which characters it can draw.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped, import-not-found, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped, import-not-found, unused-ignore]

from engine.catalog.demo.packs.tables import all_texts
from engine.catalog.demo.script import script_of, shaped
from engine.catalog.demo.tables import countries, syllables
from engine.catalog.demo.words import languages

FONTS = Path("/usr/share/fonts")
FOLDER = Path(__file__).with_name("fonts")
EUROPE = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1B0), (0x218, 0x21B), (0x370, 0x3FF), (0x400, 0x45F),
    (0x490, 0x491), (0x1EA0, 0x1EF9), (0x2010, 0x2026), (0x20AC, 0x20AC), (0x2116, 0x2122),
)  # fmt: skip
ARABIC = ((0x660, 0x669), (0xFE70, 0xFEFC))
HEBREW = ((0x5D0, 0x5EA), (0x5BE, 0x5BE), (0x5F3, 0x5F4))
THAI = ((0xE01, 0xE4F),)
KANA = ((0x3001, 0x3002), (0x3041, 0x30FF))
GEORGIAN = ((0x10D0, 0x10F0),)
ARMENIAN = ((0x531, 0x556), (0x559, 0x58A))


@dataclass(frozen=True)
class Source:
    """A font file, the face that is made of it, and what is kept."""

    face: str
    path: str
    ranges: tuple[tuple[int, int], ...]
    number: int = -1  # place in a collection


NOTO = "truetype/noto/Noto"
CJK_SCRIPTS = {
    "japanese": ("kana", "han"),
    "chinese": ("kana", "han"),
    "korean": ("korean",),
}
OTHER_SCRIPTS = ("arabic", "hebrew", "thai", "georgian", "armenian")
CJK = "opentype/noto/Noto"
SOURCES = (
    Source("sans", f"{NOTO}Sans-Regular.ttf", EUROPE),
    Source("sans-bold", f"{NOTO}Sans-Bold.ttf", EUROPE),
    Source("serif-bold", f"{NOTO}Serif-Bold.ttf", EUROPE),
    Source("serif-italic", f"{NOTO}Serif-BoldItalic.ttf", EUROPE),
    Source("round-bold", "truetype/comfortaa/Comfortaa-Bold.ttf", EUROPE),
    Source("geometric-black", "opentype/league-spartan/LeagueSpartan-Black.otf", EUROPE),
    Source("narrow-bold", "opentype/bebas-neue/BebasNeue-Bold.otf", EUROPE),
    Source("script-bold", "opentype/lobstertwo/LobsterTwo-Bold.otf", EUROPE),
    Source("arabic", f"{NOTO}SansArabic-Regular.ttf", ARABIC),
    Source("arabic-bold", f"{NOTO}SansArabic-Bold.ttf", ARABIC),
    Source("arabic-naskh", f"{NOTO}NaskhArabic-Bold.ttf", ARABIC),
    Source("hebrew", f"{NOTO}SansHebrew-Regular.ttf", HEBREW),
    Source("hebrew-bold", f"{NOTO}SansHebrew-Bold.ttf", HEBREW),
    Source("hebrew-serif", f"{NOTO}SerifHebrew-Bold.ttf", HEBREW),
    Source("thai", f"{NOTO}SansThai-Regular.ttf", THAI),
    Source("thai-bold", f"{NOTO}SansThai-Bold.ttf", THAI),
    Source("thai-serif", f"{NOTO}SerifThai-Bold.ttf", THAI),
    Source("georgian", f"{NOTO}SansGeorgian-Regular.ttf", GEORGIAN),
    Source("georgian-bold", f"{NOTO}SansGeorgian-Bold.ttf", GEORGIAN),
    Source("georgian-serif", f"{NOTO}SerifGeorgian-Bold.ttf", GEORGIAN),
    Source("armenian", f"{NOTO}SansArmenian-Regular.ttf", ARMENIAN),
    Source("armenian-bold", f"{NOTO}SansArmenian-Bold.ttf", ARMENIAN),
    Source("armenian-serif", f"{NOTO}SerifArmenian-Bold.ttf", ARMENIAN),
    Source("japanese", f"{CJK}SansCJK-Regular.ttc", KANA, 0),
    Source("japanese-bold", f"{CJK}SansCJK-Bold.ttc", KANA, 0),
    Source("japanese-serif", f"{CJK}SerifCJK-Bold.ttc", KANA, 0),
    Source("korean", f"{CJK}SansCJK-Regular.ttc", (), 1),
    Source("korean-bold", f"{CJK}SansCJK-Bold.ttc", (), 1),
    Source("korean-serif", f"{CJK}SerifCJK-Bold.ttc", (), 1),
    Source("chinese", f"{CJK}SansCJK-Regular.ttc", KANA[:1], 2),
    Source("chinese-bold", f"{CJK}SansCJK-Bold.ttc", KANA[:1], 2),
    Source("chinese-serif", f"{CJK}SerifCJK-Bold.ttc", KANA[:1], 2),
)


def main() -> None:
    """Write every face and the list of them."""
    words = characters_of_words()
    faces = {source.face: make(source, words) for source in SOURCES}
    text = json.dumps(faces, indent=1, ensure_ascii=True)
    (FOLDER / "faces.json").write_text(text + "\n", encoding="utf-8")


def make(source: Source, words: set[int]) -> dict[str, str]:
    """Write one face; return where it came from and what it can draw."""
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=[0, 13, 14], notdef_outline=True,
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "kern"],
        font_number=source.number,
    )  # fmt: skip
    path = FONTS / source.path
    font = subset.load_font(str(path), options)
    wanted = {code for first, last in source.ranges for code in range(first, last + 1)}
    wanted |= {code for code in words if script_of(chr(code)) in scripts_of(source.face)}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    copyright_line = font["name"].getDebugName(0) or ""
    subsetter.subset(font)
    rename(font, f"Demo {source.face}")
    target = FOLDER / (source.face + (".otf" if "CFF " in font else ".ttf"))
    subset.save_font(font, str(target), options)
    codes = sorted(font.getBestCmap())
    return {
        "file": target.name,
        "source": path.name,
        "copyright": copyright_line,
        "characters": as_ranges(codes),
    }


def scripts_of(face: str) -> tuple[str, ...]:
    """Return the scripts whose words a face draws."""
    name = face.partition("-")[0]
    return CJK_SCRIPTS.get(name, (name,) if name in OTHER_SCRIPTS else ("european",))


def rename(font: TTFont, name: str) -> None:
    """Give the subset a name of its own, as the licence asks."""
    for name_id, value in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", "-"))):
        font["name"].setName(value, name_id, 3, 1, 0x409)
    if "CFF " in font:
        names = font["CFF "].cff
        names.fontNames[0] = name.replace(" ", "-")
        names.topDictIndex[0].FullName = names.topDictIndex[0].FamilyName = name


def characters_of_words() -> set[int]:
    """Return every character that a pack may show, in the form in which it is drawn."""
    texts = [country.city + country.company for country in countries().values()]
    texts += all_texts()
    for words in languages():
        for table in (words.nouns, words.variants, words.phrases):
            texts += table.values()
        texts += [title for titles in words.titles.values() for title in titles]
    for parts in syllables().values():
        texts += [drawn for drawn, _ in (*parts.starts, *parts.middles, *parts.ends)]
    return {ord(char) for text in texts for char in text + shaped(text)}


def as_ranges(codes: list[int]) -> str:
    """Return sorted codes as runs in hexadecimal: `20-7e a0-17f`."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{first:x}-{last:x}" for first, last in runs)


if __name__ == "__main__":
    main()
