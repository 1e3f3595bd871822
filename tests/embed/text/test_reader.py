import socket

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.embed.text.reader import RapidReader
from engine.embed.text.words import Word
from tests.embed.lettering import label


@pytest.fixture(scope="module")
def reader():
    return RapidReader(n_threads=1, read_others=lambda image: [])


@pytest.fixture
def no_sockets(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def texts(words):
    return [word.text for word in words]


def test_words_are_read_with_their_accents_line_by_line(reader):
    words = reader.read(label("Fläderblom saft", "Żółty ser 250 g"))

    assert texts(words) == ["Fläderblom", "saft", "Żółty", "ser", "250", "g"]
    assert [word.line for word in words] == [0, 0, 1, 1, 1, 1]
    assert min(word.confidence for word in words) > 0.8


def test_boxes_lie_on_the_words(reader):
    first, second = reader.read(label("Fläderblom saft"))

    assert np.array(first.box)[:, 0].min() == pytest.approx(20, abs=12)
    assert np.array(first.box)[:, 0].max() < np.array(second.box)[:, 0].min()
    assert np.array(first.box)[:, 1].mean() == pytest.approx(45, abs=12)


@pytest.mark.parametrize(
    ("line", "font"), [("牛奶巧克力", "chinese-bold.otf"), ("ミルクチョコ", "japanese-bold.otf")]
)
def test_chinese_and_japanese_are_read(reader, line, font):
    assert texts(reader.read(label(line, font=font))) == [line]


@pytest.mark.parametrize("angle", [0, 20, 90, 135, 180, 270, 340])
def test_words_are_read_at_any_rotation(reader, angle):
    image = label("Hallonsylt", "Tranbär").rotate(angle, expand=True, fillcolor="gray")

    assert sorted(texts(reader.read(image))) == ["Hallonsylt", "Tranbär"]


def test_the_box_of_a_turned_word_starts_where_the_word_starts(reader):
    (word,) = reader.read(label("Hallonsylt").rotate(180))

    assert word.box[0][0] > word.box[1][0]
    assert word.box[0][1] > word.box[3][1]


def test_a_frame_does_not_hide_words(reader):
    framed = ImageOps.expand(label("Hallonsylt", "Tranbär"), border=60, fill="black")

    assert texts(reader.read(framed)) == ["Hallonsylt", "Tranbär"]


def test_a_dark_picture_is_stretched_to_full_contrast(reader):
    dark = label("Hallonsylt", "Tranbär").point(lambda value: value // 12)

    assert texts(reader.read(dark)) == ["Hallonsylt", "Tranbär"]


def test_a_small_picture_is_enlarged(reader):
    small = label("Hallonsylt").resize((128, 28), Image.Resampling.LANCZOS)

    assert texts(reader.read(small)) == ["Hallonsylt"]


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (8, 8)])
def test_a_tiny_or_empty_picture_has_no_words(reader, size):
    assert reader.read(Image.new("RGB", size, "white")) == []


def test_the_same_words_at_any_thread_count(reader):
    image = label("Fläderblom saft", "Żółty ser 250 g").rotate(7, fillcolor="gray")

    assert reader.read(image) == RapidReader(n_threads=2).read(image)


def test_a_picture_with_lines_that_cannot_be_read_is_shown_to_the_reader_of_other_scripts():
    box = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    reader = RapidReader(n_threads=1, read_others=lambda image: [Word("Молоко", box, 0.9, 0)])

    assert "Молоко" in texts(reader.read(label("Молоко свежее")))
    assert "Молоко" not in texts(reader.read(label("Hallonsylt")))


def test_nothing_is_downloaded(no_sockets):
    reader = RapidReader(n_threads=1, read_others=lambda image: [])

    assert texts(reader.read(label("Hallonsylt"))) == ["Hallonsylt"]


def test_scripts_without_a_pack_are_named(reader, monkeypatch):
    monkeypatch.setattr("engine.embed.text.reader.installed_packs", lambda: ("rus", "ell"))

    unread = reader.scripts_it_cannot_read()

    assert {"Arabic", "Hangul", "Hebrew", "Thai"} <= set(unread)
    assert not {"Cyrillic", "Greek", "Latin"} & set(unread)
