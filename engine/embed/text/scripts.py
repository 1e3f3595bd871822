"""Scripts: which ones a reader knows, so that an answer can say what it could not have read."""

from collections.abc import Collection

CORE_SCRIPTS = ("Latin", "Han", "Hiragana", "Katakana")
"""What the recogniser's 18,708 characters cover; of Greek it knows letters of formulas only."""

PACKS_OF_SCRIPT = {
    "Arabic": ("ara", "fas", "urd", "script/Arabic"),
    "Armenian": ("hye", "script/Armenian"),
    "Bengali": ("ben", "script/Bengali"),
    "Cyrillic": ("rus", "ukr", "bul", "srp", "mkd", "bel", "kaz", "script/Cyrillic"),
    "Devanagari": ("hin", "mar", "nep", "script/Devanagari"),
    "Georgian": ("kat", "script/Georgian"),
    "Greek": ("ell", "script/Greek"),
    "Hangul": ("kor", "script/Hangul"),
    "Hebrew": ("heb", "script/Hebrew"),
    "Tamil": ("tam", "script/Tamil"),
    "Thai": ("tha", "script/Thai"),
}
"""Names of Tesseract's language data (https://github.com/tesseract-ocr/tessdata_fast)."""


def packs_for_other_scripts(installed: Collection[str]) -> list[str]:
    """Return the installed packs of scripts that the core cannot read."""
    return [pack for packs in PACKS_OF_SCRIPT.values() for pack in packs if pack in installed]


def unreadable_scripts(installed: Collection[str]) -> list[str]:
    """Return the scripts that neither the core nor an installed pack reads, by name."""
    return [s for s, packs in PACKS_OF_SCRIPT.items() if not set(packs) & set(installed)]
