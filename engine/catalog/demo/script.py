"""Puts text into the order and the letter forms in which it is drawn.

Pillow shapes text only where libraqm is installed. The packs must have the same bytes
everywhere, so Arabic is joined and right-to-left text is turned here, for plain left-to-right
drawing. It covers the words of this package: no vowel marks, one level of embedding.
"""

import unicodedata

LAM = "ل"
# isolated form in Unicode's Arabic Presentation Forms-B; the block lists the forms of a letter
# as isolated, final, initial, medial
JOINING = {
    "آ": (0xFE81, 2), "أ": (0xFE83, 2), "ؤ": (0xFE85, 2), "إ": (0xFE87, 2), "ئ": (0xFE89, 4),
    "ا": (0xFE8D, 2), "ب": (0xFE8F, 4), "ة": (0xFE93, 2), "ت": (0xFE95, 4), "ث": (0xFE99, 4),
    "ج": (0xFE9D, 4), "ح": (0xFEA1, 4), "خ": (0xFEA5, 4), "د": (0xFEA9, 2), "ذ": (0xFEAB, 2),
    "ر": (0xFEAD, 2), "ز": (0xFEAF, 2), "س": (0xFEB1, 4), "ش": (0xFEB5, 4), "ص": (0xFEB9, 4),
    "ض": (0xFEBD, 4), "ط": (0xFEC1, 4), "ظ": (0xFEC5, 4), "ع": (0xFEC9, 4), "غ": (0xFECD, 4),
    "ف": (0xFED1, 4), "ق": (0xFED5, 4), "ك": (0xFED9, 4), "ل": (0xFEDD, 4), "م": (0xFEE1, 4),
    "ن": (0xFEE5, 4), "ه": (0xFEE9, 4), "و": (0xFEED, 2), "ى": (0xFEEF, 2), "ي": (0xFEF1, 4),
    "ء": (0xFE80, 1),
}  # fmt: skip
LAM_ALEF = {"آ": 0xFEF5, "أ": 0xFEF7, "إ": 0xFEF9, "ا": 0xFEFB}
MIRRORED = str.maketrans("()[]<>", ")(][><")
SCRIPTS = (
    (0x530, 0x58F, "armenian"), (0x590, 0x5FF, "hebrew"), (0x600, 0x6FF, "arabic"),
    (0xE00, 0xE7F, "thai"), (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "korean"),
    (0x3000, 0x30FF, "kana"), (0x3400, 0x9FFF, "han"), (0xAC00, 0xD7AF, "korean"),
    (0xFE70, 0xFEFF, "arabic"), (0xFF00, 0xFFEF, "kana"),
)  # fmt: skip


def drawn(text: str) -> str:
    """Return the text as a left-to-right drawing needs it."""
    return turned(shaped(text))


def shaped(text: str) -> str:
    """Join Arabic letters; other text stays as it is."""
    letters = with_ligatures(text)
    out = []
    for i, (start, forms) in enumerate(letters):
        before = i > 0 and letters[i - 1][1] == 4
        after = forms == 4 and i + 1 < len(letters) and letters[i + 1][1] >= 2
        joins_before = before and forms >= 2
        out.append(chr(start + joins_before + 2 * after))
    return "".join(out)


def with_ligatures(text: str) -> list[tuple[int, int]]:
    """Return first form and number of forms of each letter, 0 where there is nothing to join."""
    letters: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char in LAM_ALEF and i > 0 and text[i - 1] == LAM:
            letters[-1] = (LAM_ALEF[char], 2)
        else:
            letters.append(JOINING.get(char, (ord(char), 0)))
    return letters


def turned(text: str) -> str:
    """Order right-to-left text for drawing, keeping numbers and Latin words readable."""
    if not any(is_rightward(char) for char in text):
        return text
    if is_rightward(text):
        return reversed_runs(text)
    # right-to-left words inside of a left-to-right line
    words = text.split(" · ")
    return " · ".join(reversed_runs(word) if is_rightward(word) else word for word in words)


def reversed_runs(text: str) -> str:
    """Turn a right-to-left text around."""
    runs: list[str] = []
    for i, char in enumerate(text):
        if goes_left_to_right(text, i) and runs and goes_left_to_right(text, i - 1):
            runs[-1] += char
        else:
            runs.append(char if goes_left_to_right(text, i) else char.translate(MIRRORED))
    return "".join(reversed(runs))


def goes_left_to_right(text: str, i: int) -> bool:
    """Whether a character belongs to a number or a Latin word, or stands inside of one."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    if kinds[i] in ("L", "EN", "ET"):
        return True
    if kinds[i] == "ES" and kinds[i + 1 : i + 2] == ["EN"]:
        return True  # the plus of a telephone number
    if kinds[i] not in ("CS", "ES", "WS", "ON") or not 0 < i < len(text) - 1:
        return False
    return all(kinds[j] in ("L", "EN", "ET") for j in (i - 1, i + 1))


def is_rightward(text: str) -> bool:
    """Whether a text is written from right to left: its first letter decides."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def script_of(char: str) -> str:
    """Return the script whose fonts draw a character; punctuation counts as European."""
    code = ord(char)
    for first, last, script in SCRIPTS:
        if first <= code <= last:
            return script
    return "european"
