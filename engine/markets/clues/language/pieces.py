"""Pieces: words that were printed or read in two parts, or that the edge of a crop cut off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.lexicon import CUT, Lexicon
from engine.markets.clues.language.tokens import Token

_PARTS = 2
_GAP_MAX = 2
_WHOLE_LETTERS_MIN = 6


def with_pieces(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of a text, parts put together, and what may be cut off marked as such."""
    return _with_cuts(text, _mended(tokens))


def _mended(tokens: Sequence[Token]) -> Iterator[Token]:
    """Put words together that were read or printed in two parts, as `MOR GON` or `choco-late`."""
    at = 0
    while at < len(tokens):
        pair = tokens[at : at + 2]
        if _are_parts(pair):
            yield Token(pair[0].word + pair[1].word, pair[0].start, pair[1].end)
        else:
            yield tokens[at]
        at += 2 if _are_parts(pair) else 1


def _are_parts(pair: Sequence[Token]) -> bool:
    """Say whether two neighbours make up a word of packs, and are not both one themselves."""
    if len(pair) < _PARTS or pair[1].start - pair[0].end > _GAP_MAX:
        return False
    known, words = Lexicon.of_packs().languages, [token.word for token in pair]
    whole = "".join(words)
    return len(whole) >= _WHOLE_LETTERS_MIN and whole in known and not known.keys() >= set(words)


def _with_cuts(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Mark the words at the ends of lines that say nothing whole, but something as a piece."""
    for token in tokens:
        yield token if evidence_of(token.word) else _as_piece(text, token)


def _as_piece(text: str, token: Token) -> Token:
    begin, end = text.rfind("\n", 0, token.start) + 1, text.find("\n", token.end)
    is_first = not text[begin : token.start].strip()
    is_last = not text[token.end : end if end >= 0 else None].strip()
    pieces = [CUT + token.word] * is_first + [token.word + CUT] * is_last
    told = [piece for piece in pieces if evidence_of(piece)]
    return replace(token, word=told[0]) if len(told) == 1 else token
