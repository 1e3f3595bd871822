from math import log

import pytest

from engine.embed.text.matching import Rarity, match_words, tokens_of
from engine.embed.text.words import Word


def crop(*texts, confidence=1.0):
    return tokens_of([Word(text, ((0.0, 0.0),) * 4, confidence, 0) for text in texts])


def rarity(**products_with):
    return Rarity(products_with, 100)


def test_a_rare_word_weighs_more_than_a_common_one():
    known = rarity(arla=50, vaniij=1)

    assert known.weight("vaniij") == pytest.approx(log(101 / 1.5))
    assert known.weight("arla") == pytest.approx(log(101 / 50.5) * 4 / 6)


def test_a_word_of_all_products_weighs_next_to_nothing():
    assert Rarity({"oeko": 10}, 10).weight("oeko") < 0.05


def test_the_score_is_the_weight_of_what_matched():
    known = rarity(bravo=10, tropic=10)

    found = match_words(crop("Bravo", "Unrelated"), ["bravo", "tropic"], known)

    assert found.score == pytest.approx(known.weight("bravo"))
    assert [(m.word, m.reference, m.similarity) for m in found.matched] == [(0, "bravo", 1.0)]
    assert found.covered == pytest.approx(5 / 11)
    assert 0 < found.share < 0.5


def test_an_unsure_word_counts_less():
    sure = match_words(crop("Bravo"), ["bravo"], rarity(bravo=1))
    unsure = match_words(crop("Bravo", confidence=0.5), ["bravo"], rarity(bravo=1))

    assert unsure.score == pytest.approx(sure.score / 2)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("VANlLJ", "vanilj"),  # look-alikes are the same
        ("B0STONGURKA", "Bostongurka"),
        ("modern", "modem"),
        ("APELSIH", "apelsin"),  # one letter in seven
        ("YOGHUR", "yoghurt"),  # cut off
    ],
)
def test_a_misread_word_is_found_again(read, printed):
    found = match_words(crop(read), [crop(printed)[0].text], rarity())

    assert found.matched[0].similarity > 0.7


def test_words_of_little_likeness_are_not_matched():
    assert match_words(crop("apple"), ["orange"], rarity()).score == 0


def test_each_word_of_a_product_is_matched_once():
    known = rarity(god=1)

    assert match_words(crop("GOD", "G0D", "GOD"), ["god"], known).score == pytest.approx(
        known.weight("god")
    )


@pytest.mark.parametrize(("tokens", "reference"), [([], ["a"]), (crop("bravo"), []), ([], [])])
def test_nothing_to_compare_scores_nothing(tokens, reference):
    found = match_words(tokens, reference, rarity())

    assert (found.score, found.share, found.covered, found.matched) == (0, 0, 0, ())


@pytest.mark.parametrize("reference", [[], ["tropic"], ["bravo", "tropic"]])
def test_what_the_words_of_a_crop_did_not_score_was_missed(reference):
    known = rarity(bravo=10, tropic=10, sweet=10)

    found = match_words(crop("Bravo", "sweet"), reference, known)

    possible = known.weight("bravo") + known.weight("sweet")
    assert found.missed == pytest.approx(possible - found.score)
    assert found.missed > 0
