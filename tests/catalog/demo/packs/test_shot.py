"""Crops of packs, and what is said about them."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from engine.catalog.demo.packs.back import Printed, back_of, placed
from engine.catalog.demo.packs.pack import pack_at
from engine.catalog.demo.packs.shot import Shot, overlap, patch_of, shoot, shown, with_surroundings
from engine.catalog.demo.packs.sidecar import groups_of, pack_row, script_name, traps_in
from engine.catalog.demo.packs.tables import Text
from engine.catalog.demo.packs.wording import Paragraph

SHOTS = [shoot(pack_at(5, number)) for number in range(40)]


def test_overlap_is_the_share_that_is_covered():
    assert overlap((0, 0, 10, 10), (5, 0, 20, 10)) == 0.5
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0


def test_a_text_that_is_cut_in_half_is_not_counted_as_shown():
    whole, half = Text("a", "t", "whole"), Text("b", "t", "half")
    printed = [Printed((whole,), (0, 0, 10, 10), 8), Printed((half,), (15, 0, 25, 10), 8)]

    assert shown(printed, (0, 0, 20, 10)) == (whole,)


def test_a_text_of_a_paragraph_has_the_lines_on_which_it_stands():
    maker, site, cut = (
        Text("a", "t", "Velora AB"),
        Text("b", "t", "www.velora.se"),
        Text("c", "t", "SE55"),
    )
    part = Text("d", "t", "sugar; salt")
    item = Paragraph("Velora AB, Malmö. www.velora.se SE55", (maker, site, cut, part))

    assert placed(item, ["Velora AB,", "Malmö.", "www.velora.se"]) == [
        (maker, 0, 0),
        (site, 2, 2),
        (part, 0, 2),
    ]


def test_everything_printed_lies_on_the_sheet():
    for number in range(40):
        sheet = back_of(pack_at(5, number))
        for item in sheet.printed:
            left, top, right, bottom = item.box
            assert 0 <= left < right <= sheet.image.width
            assert 0 <= top < bottom <= sheet.image.height


def test_no_back_is_empty():
    for number in range(150):
        assert back_of(pack_at(7, number)).printed, number


def test_ink_stands_where_a_text_is_said_to_be():
    sheet = back_of(pack_at(5, 2))
    for item in sheet.printed:
        pixels = np.asarray(sheet.image.crop(item.box).convert("L"), np.int32)
        assert pixels.max() - pixels.min() > 60, item.rows


def test_a_patch_shows_the_surroundings_of_something_printed():
    sheet = back_of(pack_at(5, 2))
    for i in range(20):
        box = patch_of(sheet, random.Random(i))
        assert any(overlap(item.box, box) > 0 for item in sheet.printed)


def test_a_patch_beyond_the_edge_goes_on_in_the_colour_of_the_pack():
    sheet = back_of(pack_at(5, 2))
    ground = sheet.image.getpixel((1, sheet.image.height - 2))

    image = with_surroundings(sheet.image, (-50, 0, 50, 100))

    assert image.size == (172, 172)
    assert image.getpixel((0, 0)) == ground


def test_all_sides_are_photographed():
    assert {shot.side for shot in SHOTS} == {"front", "back", "patch"}
    assert all(120 <= max(shot.photo.image.size) <= 600 for shot in SHOTS)


def test_some_crops_show_few_words_and_some_many():
    words = [sum(len(row.text.split()) for row in shot.rows) for shot in SHOTS]

    assert sum(count <= 8 for count in words) > len(SHOTS) // 5
    assert max(words) > 40


def test_rows_and_texts_of_the_sidecar_go_together():
    for shot in SHOTS:
        row = pack_row(shot, "x.jpg")
        assert row["country"] == row["markets"].split("|")[0] == shot.pack.country
        assert row["rows"].count("|") == row["texts"].count("|")
        assert row["group"] == ("main" if shot.pack.number % 10 != 9 else "extra")


@pytest.mark.parametrize(
    ("letter", "script"),
    [("å", "latin"), ("λ", "greek"), ("ж", "cyrillic"), ("中", "han"), ("ก", "thai")],
)
def test_a_letter_has_its_script(letter, script):
    assert script_name(letter) == script


def test_what_speaks_for_another_country_is_named_as_a_trap():
    packs = [pack_at(5, number) for number in range(900)]
    abroad = next(pack for pack in packs if pack.country == "SE" and is_licensed_abroad(pack))
    home = next(pack for pack in packs if pack.country == "SE" and not is_licensed_abroad(pack))
    code, maker = Text("gtin", "gtin", "1"), Text("places/PL/places/1", "places", "61-001 Poznań")
    photo = SHOTS[0].photo

    assert traps_in(Shot(abroad, "back", photo, (code,))) == ["gtin"]
    assert traps_in(Shot(abroad, "back", photo, ())) == []
    assert traps_in(Shot(home, "back", photo, (code, maker))) == ["company"]


def is_licensed_abroad(pack):
    return not pack.product.gtin.startswith("73")


@pytest.mark.slow
def test_half_of_the_words_shown_can_be_read():
    from engine.embed.text.reader import RapidReader

    reader = RapidReader(n_threads=1, read_others=lambda _image: [])
    shares = []
    for shot in SHOTS:
        if pack_row(shot, "x.jpg")["readable"] == "yes":
            said = {word.lower() for row in shot.rows for word in row.text.split() if len(word) > 2}
            read = {word.text.lower() for word in reader.read(shot.photo.image)}
            shares.append(len(said & read) / max(len(said), 1))

    assert 0.35 < np.mean(shares) < 0.8


def packed(country, markets, side, *rows):
    """A shot of one side of a pack, as far as its groups are told."""
    pack = SimpleNamespace(country=country, markets=markets)
    return SimpleNamespace(pack=pack, side=side, rows=[Text(key, "t", text) for key, text in rows])


def test_groups_tell_the_side_and_who_shares_the_pack():
    alone = packed("SE", ("SE",), "front", ("words/sv/1", "Mjölk"))
    shared = packed("NL", ("NL", "BE"), "back", ("words/nl/1", "Melk"))

    assert groups_of(alone) == ["30 countries", "front"]
    assert groups_of(shared) == ["30 countries", "whole back", "shared pack"]


def test_groups_tell_a_script_that_is_not_read():
    only = packed("RU", ("RU",), "patch", ("words/ru/1", "Молоко"))
    beside = packed("RU", ("RU",), "patch", ("words/ru/1", "Молоко"), ("site", "moloko.ru"))

    assert "script that OCR cannot read" in groups_of(only)
    assert groups_of(beside) == ["6 countries of other scripts", "patch"]


def test_groups_tell_whether_a_rule_knows_what_only_one_country_prints():
    told = packed(
        "SE", ("SE",), "patch", ("national/SE/deposit/1", "a"), ("national/SE/mark/1", "b")
    )
    plain = packed("SE", ("SE",), "patch", ("words/sv/1", "a"))

    assert groups_of(told, "b".__eq__)[-1] == "wording that rules know"
    assert groups_of(told, "c".__eq__)[-1] == "wording that no rule knows"
    assert groups_of(plain, "a".__eq__) == groups_of(told) == ["30 countries", "patch"]
