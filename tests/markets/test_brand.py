import time

import pytest

from engine.embed.image import Box
from engine.embed.local.logos import Lettering
from engine.embed.text.words import Word
from engine.markets.brand import BrandBook, BrandShare, brand_clue, likely_brands

CORNER = Box(0, 0, 9, 9)
CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def words(text):
    return [Word(part, CORNERS, 1.0, 0) for part in text.split()]


@pytest.fixture
def book():
    """Two good brands and one whose name every other product bears."""
    products = [("Fjällko", f"Milk {n}") for n in range(8)]
    products += [("Havre & Co", "Oat drink")] * 2
    products += [("Natural", "Soap")] + [("Other", "Natural soap")] * 20
    sales = [("Fjällko", "SE", 6), ("Fjällko", "NO", 2), ("Natural", "FR", 1)]
    return BrandBook(products, sales)


def found(book, text, **neighbours):
    return [(each.brand, each.probability) for each in likely_brands(book, words(text), neighbours)]


def test_a_brand_is_told_by_its_name(book):
    # 8 of 8 products with that word are of the brand: 9 / 10 of .9
    assert found(book, "FJÄLLKO mjölk 1 liter") == [("Fjällko", pytest.approx(0.81))]


def test_one_letter_may_be_misread(book):
    assert found(book, "FJALKO") == [("Fjällko", pytest.approx(0.54))]


def test_two_letters_off_is_another_word(book):
    assert found(book, "FJALOO") == []


def test_every_word_of_the_name_must_be_there(book):
    assert found(book, "havre") == []
    assert found(book, "Havre & Co") == [("Havre & Co", pytest.approx(0.9 * 3 / 4))]


def test_a_name_that_other_products_bear_tells_little(book):
    assert found(book, "natural") == []  # .9 * 2 / 23


def test_candidates_that_look_alike_speak_for_their_brand(book):
    # .5 of .5 + .2 noise
    assert found(book, "", Fjällko=0.5) == [("Fjällko", pytest.approx(0.4 * 0.5 / 0.7))]
    assert found(book, "", Fjällko=0.01) == []


def test_candidates_without_a_brand_speak_for_none(book):
    assert likely_brands(book, [], {"": 0.9}) == []


def test_words_and_neighbours_together_are_surer(book):
    ((_, probability),) = found(book, "Fjällko", Fjällko=0.5)

    assert probability == pytest.approx(1 - 0.19 * (1 - 0.4 * 0.5 / 0.7))


def test_a_lettering_that_looks_alike_tells_its_brand_though_nobody_can_read_it(book):
    logo = Lettering(0.9, Box(10, 20, 30, 8))

    (each,) = likely_brands(book, [], {}, {"Fjällko": logo, "": logo})

    assert (each.brand, each.probability) == ("Fjällko", pytest.approx(0.9))
    clue, _ = brand_clue(each, book)
    assert (clue.rule, clue.box) == ("brand: its lettering", Box(10, 20, 30, 8))


def test_a_lettering_that_is_hardly_alike_tells_nothing(book):
    assert likely_brands(book, [], {}, {"Fjällko": Lettering(0.84, Box(1, 1, 9, 9))}) == []


def test_the_name_and_its_lettering_are_surer_than_either(book):
    (each,) = likely_brands(book, words("Fjällko"), {}, {"Fjällko": Lettering(0.9, CORNER)})

    assert each.probability == pytest.approx(1 - 0.19 * 0.1)
    assert brand_clue(each, book)[0].rule == "brand: words of its name"


def test_a_brand_that_was_read_has_its_place(book):
    clue, _ = brand_clue(BrandShare("Fjällko", 0.9, tuple(words("Fjällko"))), book)

    assert clue.box == Box(0, 0, 9, 9)


def test_a_brand_points_to_where_its_products_are_sold(book):
    clue, share = brand_clue(BrandShare("Fjällko", 0.9, tuple(words("Fjällko"))), book)

    assert (clue.kind, clue.value, clue.text) == ("brand", "Fjällko", "Fjällko")
    assert clue.countries == {"NO": 0.25, "SE": 0.75}
    assert share == pytest.approx(0.9 * 8 / 9)


def test_a_brand_of_no_known_market_is_no_clue(book):
    assert brand_clue(BrandShare("Havre & Co", 0.9, ()), book) is None


def test_ten_thousand_brands_and_a_page_of_text_take_no_time():
    book = BrandBook(((f"brand{n:05}x", "thing") for n in range(10_000)), [])
    page = words(" ".join(f"wordy{n}" for n in range(2000)))

    start = time.perf_counter()
    likely_brands(book, page, {})

    assert time.perf_counter() - start < 2
