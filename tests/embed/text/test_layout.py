from dataclasses import replace

import numpy as np
import pytest

from engine.embed.text.folding import folded_parts
from engine.embed.text.layout import MATCHED_MIN, as_laid_out
from engine.embed.text.matching import MatchedWord, Rarity, WordMatch, match_words, tokens_of
from engine.embed.text.words import Word
from tests.timing import grows_linearly

LABEL = (
    "ingredients sugar wheat flour",
    "water rapeseed salt glucose",
    "store cool after opening",
    "best before distributed bergen",
)
RARITY = Rarity({}, 100)


def word(text, x, y, line, wide=80, high=16):
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    return Word(text, tuple((float(a), float(b)) for a, b in corners), 1.0, line)


def printed(lines):
    """The words of a label, in columns of 100 px and lines of 30 px."""
    return [
        word(text, 100 * column, 30 * line, line)
        for line, texts in enumerate(lines)
        for column, text in enumerate(texts.split())
    ]


def photographed(words, turn=0.3, zoom=0.7):
    """The same words on a label that is turned and farther away."""
    along = zoom * np.exp(1j * turn)
    map_ = np.array([[along.real, -along.imag, 50.0], [along.imag, along.real, 20.0], [0, 0, 1]])
    return [each.moved(map_) for each in words]


def shuffled(words, seed=1):
    """The same words on another label, each in the place of another one."""
    order = np.random.default_rng(seed).permutation(len(words))
    return [replace(w, text=words[number].text) for number, w in zip(order, words, strict=True)]


def matched(crop, reference, names=()):
    texts = [part for each in reference for part in folded_parts(each.text)]
    texts += [part for name in names for part in folded_parts(name)]
    match = match_words(tokens_of(crop), texts, RARITY)
    return match, as_laid_out(match, crop, reference)


def test_words_that_lie_as_on_the_reference_count_whole():
    match, laid = matched(photographed(printed(LABEL)), printed(LABEL))

    assert match.score > 10
    assert laid == match


def test_the_same_words_in_another_arrangement_count_nothing():
    match, laid = matched(photographed(shuffled(printed(LABEL))), printed(LABEL))

    assert match.share == pytest.approx(1.0)
    assert (laid.score, laid.share) == (0.0, 0.0)
    assert laid.missed == pytest.approx(match.missed + match.score)
    assert laid.matched == ()


def test_of_a_half_that_agrees_a_part_counts():
    label = printed(LABEL)
    backwards = [replace(w, text=o.text) for w, o in zip(label[8:], label[:7:-1], strict=True)]
    crop = photographed([*label[:8], *backwards])

    match, laid = matched(crop, label)

    assert 0.3 * match.score < laid.score < match.score


def test_a_label_that_is_bent_still_agrees():
    crop = [each.moved(np.diag([0.9, 1.0, 1.0])) for each in printed(LABEL)]
    bent = [
        Word(w.text, tuple((x, y + 0.0002 * (x - 150) ** 2) for x, y in w.box), 1.0, w.line)
        for w in crop
    ]

    match, laid = matched(bent, printed(LABEL))

    assert laid.score == match.score


def test_a_crop_that_shows_the_label_twice_agrees_with_one_of_them():
    label = printed(LABEL)
    twice = [*photographed(label[::2], turn=0), *photographed(label, turn=0.1, zoom=0.5)]

    match, laid = matched(twice, label)

    assert laid.score == match.score


@pytest.mark.parametrize("count", range(MATCHED_MIN))
def test_few_words_tell_nothing_of_the_arrangement(count):
    label = printed(LABEL)[:count]

    match, laid = matched(photographed(shuffled(label)), label)

    assert laid == match


def test_words_that_stand_in_the_catalog_alone_have_no_place_to_miss():
    label = printed(LABEL)
    names = ("mjölkbolaget", "havredryck", "choklad")
    crop = photographed(label) + [word(name, 900, 40 * n, 9) for n, name in enumerate(names)]

    match, laid = matched(crop, label, names)

    assert len(match.matched) == len(label) + len(names)
    assert laid == match


def test_words_that_a_label_repeats_do_not_hide_where_the_others_lie():
    label = printed([*LABEL[:3], *["wheat-flour rapeseed-oil glucose-syrup"] * 6])
    label = [each for each in label if each.line > 2 or each.text not in {"wheat", "flour"}]
    crop = [each for each in label if each.line <= 2 or each.line >= 8]

    match, laid = matched(photographed(crop), label)

    assert laid.score > 0.9 * match.score


def test_words_in_one_point_are_compared_without_an_error():
    label = [word(each.text, 5, 5, 0, wide=0, high=0) for each in printed(LABEL)]

    _, laid = matched(label, label)

    assert laid.score >= 0


def lay_out(page):
    """Lay a page onto itself by each of its words."""
    words, matched = page
    return as_laid_out(WordMatch(5.0 * len(matched), 1.0, 1.0, matched), words, words)


def page_of_words(count):
    words = printed([" ".join(f"word{line}x{n}" for n in range(10)) for line in range(count // 10)])
    parts = [folded_parts(each.text)[0] for each in words]
    return words, tuple(MatchedWord(n, part, 1.0, 5.0) for n, part in enumerate(parts))


def page_of_three_words(count):
    """Nine names, and three words again and again."""
    names, matched = page_of_words(10)
    lines = ["", "", *(["sugar salt flour sugar salt"] * (count // 5))]
    parts = [folded_parts(word)[0] for word in ("sugar", "salt", "flour")]
    more = tuple(MatchedWord(10 + n, part, 1.0, 5.0) for n, part in enumerate(parts))
    return names + printed(lines), matched + more


@pytest.mark.parametrize("page", [page_of_words, page_of_three_words])
def test_a_page_is_laid_out_in_time_that_grows_with_its_words(page):
    assert lay_out(page(100)).share == pytest.approx(1.0)
    assert grows_linearly(lay_out, page, 500)
