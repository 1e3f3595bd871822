import random

import pytest

from engine.embed.text.stored import MAX_BYTES, pack_words, unpack_words
from engine.embed.text.words import Word
from engine.errors import CatalogError

BOX = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, -12.0))


def test_words_come_back_as_they_were():
    words = [Word("Fläderblom", BOX, 1.0, 0), Word("牛奶", BOX, 0.2, 7)]

    assert unpack_words(pack_words(words)) == words


def test_no_words_are_bytes_too():
    assert unpack_words(pack_words([])) == []


def test_corners_and_confidence_are_rounded():
    word = Word("a", ((0.4, 70_000.0), (1.6, 0.0), (1.0, 0.0), (0.0, 0.0)), 0.501, 300)

    (stored,) = unpack_words(pack_words([word]))

    assert stored.box[0] == (0.0, 32_767.0)
    assert stored.box[1] == (2.0, 0.0)
    assert stored.confidence == pytest.approx(0.501, abs=0.002)
    assert stored.line == 255


def test_of_too_many_words_the_surest_stay():
    rng = random.Random(0)
    words = [
        Word(
            "".join(rng.choices("abcdefghijklmnop", k=12)),
            tuple((float(rng.randrange(999)), float(rng.randrange(999))) for _ in range(4)),
            number / 500,
            0,
        )
        for number in range(500)
    ]

    packed = pack_words(words)
    stored = [word.text for word in unpack_words(packed)]

    assert len(packed) <= MAX_BYTES
    assert stored == [word.text for word in words[-len(stored) :]]
    assert len(stored) > 50


def test_a_long_word_is_cut_between_letters():
    (stored,) = unpack_words(pack_words([Word("ä" * 200, BOX, 1.0, 0)]))

    assert stored.text == "ä" * 60


@pytest.mark.parametrize("damaged", [b"", b"\x02", b"\x01rubbish", pack_words([])[:-1] + b"x"])
def test_damaged_bytes_are_named(damaged):
    with pytest.raises(CatalogError, match="reindex"):
        unpack_words(damaged)
