import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.catalog.demo.typeface import font
from engine.embed.local.logos import find_lettering
from engine.markets.brand import LOGO_MIN

SIZE = (300, 220)
PLACE = np.array([(60.0, 80.0), (240.0, 80.0), (240.0, 130.0), (60.0, 130.0)])
LEVEL = np.eye(3)
ASIDE = np.array([[1.0, 0.0, 200.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
TILTED = np.array([[0.9, -0.2, 50.0], [0.2, 0.9, 20.0], [0.0, 0.0, 1.0]])


def card(text, ink="black", paper="white"):
    """A card with one large word in the place."""
    picture = Image.new("RGB", SIZE, paper)
    ImageDraw.Draw(picture).text((64, 78), text, ink, font("sans-bold", 46))
    return picture


def seen(picture, transform=TILTED):
    """What a camera sees of a card."""
    return Image.fromarray(cv2.warpPerspective(np.asarray(picture), transform, (320, 300)))


def test_the_same_lettering_is_found_where_the_map_lays_it():
    found = find_lettering(seen(card("Fjällko")), card("Fjällko"), TILTED, [PLACE])

    assert found.likeness > 0.95
    (left, top) = (TILTED @ [60, 80, 1])[:2]
    assert found.box.y <= top <= found.box.y + found.box.height
    assert found.box.x <= left <= found.box.x + found.box.width


def test_light_and_colour_of_the_pack_do_not_matter():
    dim = seen(card("Fjällko", ink="#402010", paper="#907060"))

    assert find_lettering(dim, card("Fjällko"), TILTED, [PLACE]).likeness > 0.9


def test_another_word_in_the_place_is_unlike():
    found = find_lettering(seen(card("Havremo")), card("Fjällko"), TILTED, [PLACE])

    assert found.likeness < LOGO_MIN - 0.1


def test_the_likest_of_several_places_counts():
    empty = PLACE + np.array([0.0, 60.0])
    reference = card("Fjällko")
    ImageDraw.Draw(reference).text((64, 140), "Mjölk", "black", font("sans-bold", 40))
    crop = seen(card("Fjällko"))

    assert find_lettering(crop, reference, TILTED, [empty, PLACE]).likeness > 0.95


@pytest.mark.parametrize(
    ("crop", "transform", "places"),
    [
        (seen(card("Fjällko")), TILTED, []),
        (seen(card("Fjällko")), np.diag([1.0, 0.0, 1.0]), [PLACE]),
        (seen(card("Fjällko")), ASIDE, [PLACE]),
        (Image.new("RGB", SIZE, "white"), LEVEL, [PLACE]),
    ],
    ids=["no place", "no map back", "outside the crop", "nothing there"],
)
def test_what_cannot_be_compared_is_no_lettering(crop, transform, places):
    assert find_lettering(crop, card("Fjällko"), transform, places) is None


def test_a_place_of_no_extent_shows_nothing():
    point = np.full((4, 2), 100.0)

    assert find_lettering(seen(card("Fjällko")), card("Fjällko"), TILTED, [point]) is None
