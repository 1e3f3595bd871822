"""Two cartons of one design: another word, and another colour in the lower right corner."""

from hashlib import sha256

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.embed.local.keypoints import extract_keypoints
from engine.embed.text.matching import Rarity
from engine.embed.text.words import Word
from engine.referencepictures import shrunk
from engine.siblings import RIVALS_MAX, Rival, own_words, sibling_of, tell_apart

BOX = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
RARITY = Rarity({"iuice": 90, "appie": 2}, 100)


def word(text, confidence=0.95):
    return Word(text, BOX, confidence, 0)


def carton(corner):
    """A made-up design of 240 px: blots all over, the lower right sixth in one colour."""
    noise = np.random.default_rng(3).integers(0, 255, (60, 60, 3), dtype=np.uint8)
    smooth = cv2.GaussianBlur(
        cv2.resize(noise, (240, 240), interpolation=cv2.INTER_CUBIC), (0, 0), 1.5
    )
    picture = Image.fromarray(smooth)
    ImageDraw.Draw(picture).rectangle((200, 200, 239, 239), fill=corner)
    return picture


def rival(product, *, probability=0.4, look=0.5, words=(), picture=None):
    return Rival(
        product,
        f"{product} juice",
        probability,
        look,
        "" if picture is None else sha256(picture.tobytes()).hexdigest(),
        [word(text) for text in words],
        None if picture is None else extract_keypoints(picture),
        lambda: shrunk(picture),
    )


def test_words_of_one_picture_alone_tell_siblings_apart():
    apple = rival("apple", words=["JUICE", "APPLE"])
    orange = rival("orange", words=["JUICE", "ORANGE"])

    first, second = tell_apart([apple, orange], RARITY)

    assert (first.product, first.words, first.other_words) == ("orange", ["APPLE"], ["ORANGE"])
    assert (second.product, second.words) == ("apple", ["ORANGE"])
    assert first.sentence == (
        "Compared with orange juice: only this one reads “APPLE”; only the other reads “ORANGE”."
    )


def test_the_place_where_the_two_pictures_differ_is_marked():
    red, green = carton("#d01010"), carton("#10a010")

    first, _ = tell_apart([rival("red", picture=red), rival("green", picture=green)], RARITY)

    place = first.place
    assert (place.x, place.y) == pytest.approx((200, 200), abs=3)
    assert (place.width, place.height) == pytest.approx((40, 40), abs=3)
    assert first.sentence == (
        "Compared with green juice: the pictures differ most in the lower right part."
    )


def test_the_place_is_found_however_the_other_picture_lies():
    """The same carton, smaller and turned, is laid on the first before they are compared."""
    red, green = carton("#d01010"), carton("#10a010").rotate(90).resize((160, 160))

    first, _ = tell_apart([rival("red", picture=red), rival("green", picture=green)], RARITY)

    assert (first.place.x, first.place.y) == pytest.approx((200, 200), abs=3)


def test_equal_pictures_without_words_are_said_to_tell_nothing():
    one, other = (rival(name, picture=carton("white")) for name in ("one", "other"))

    first, _ = tell_apart([one, other], RARITY)

    assert first.place is None
    assert "neither words nor places" in first.sentence


def test_only_likely_candidates_of_like_look_are_siblings():
    first = rival("first")

    assert sibling_of(first, [first, rival("unlikely", probability=0.04)]) is None
    assert sibling_of(first, [first, rival("unlike", look=0.3)]) is None
    assert sibling_of(rival("unlikely", probability=0.04), [first]) is None
    assert sibling_of(first, [first, rival("second"), rival("third")]).product == "second"
    assert sibling_of(first, [first]) is None


def test_all_but_the_first_few_are_passed_over():
    many = [rival(str(number), probability=0.1) for number in range(RIVALS_MAX + 3)]

    found = tell_apart(many, RARITY)

    assert [each is not None for each in found] == [True] * RIVALS_MAX + [False] * 3


def test_a_word_that_was_misread_in_the_other_picture_tells_nothing():
    assert own_words([word("NATURELL")], [word("NATUREIL")], RARITY) == []
    assert own_words([word("VANILLA")], [word("NATURELL")], RARITY) == ["VANILLA"]
    assert own_words([word("VANILLA")], [], RARITY) == ["VANILLA"]


def test_unsure_short_and_numeral_words_tell_nothing():
    words = [word("VANILLA", confidence=0.85), word("fat"), word("1500")]

    assert own_words(words, [], RARITY) == []


def test_rare_words_come_before_common_ones():
    words = [word(text) for text in ("Juice", "Apple", "Bramley")]

    assert own_words(words, [], RARITY) == ["Bramley", "Apple", "Juice"]
