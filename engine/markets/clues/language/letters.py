"""Letters: what the script of a word, or a letter that few languages write, says about it."""

from dataclasses import dataclass
from functools import cache

from engine.markets.clues.table import read_table


@dataclass(frozen=True)
class Script:
    """A range of code points and the languages that are written with them."""

    first: int
    last: int
    languages: tuple[str, ...]


def script_languages(word: str) -> tuple[str, ...]:
    """Return the languages of a word's script; none for Latin, which says too little.

    A Japanese word may hold ideographs, but a word with kana is Japanese. A word that is mostly
    Latin is a misread one: `λne`.
    """
    found = [_script_of(ord(letter)) for letter in word]
    scripts = [script.languages for script in found if script]
    if 2 * len(scripts) < len(word):
        return ()
    return min(scripts, key=len, default=())


def languages_of_rare_letters(word: str) -> tuple[str, ...]:
    """Return the languages that write all of a word's rare letters; none if it has none."""
    rare = [languages for letter in word if (languages := _rare_letters().get(letter))]
    if not rare:
        return ()
    return tuple(language for language in rare[0] if all(language in other for other in rare))


@cache
def _script_of(code_point: int) -> Script | None:
    return next((s for s in _scripts() if s.first <= code_point <= s.last), None)


@cache
def _scripts() -> tuple[Script, ...]:
    return tuple(
        Script(int(row["first"], 16), int(row["last"], 16), tuple(row["languages"].split("|")))
        for row in read_table("language_scripts")
    )


@cache
def _rare_letters() -> dict[str, tuple[str, ...]]:
    return {
        letter: tuple(row["languages"].split("|"))
        for row in read_table("language_letters")
        for letter in row["letters"]
    }
