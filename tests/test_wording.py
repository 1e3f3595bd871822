import pytest

from engine.wording import counted, duration, enumerated, one_line, percent


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "0 %"), (0.004, "< 1 %"), (0.874, "87 %"), (0.996, "> 99 %"), (1.0, "100 %")],
)
def test_nothing_is_rounded_to_never_or_always(probability, shown):
    assert percent(probability) == shown


def test_a_text_becomes_one_printable_line():
    assert one_line(" Oat\n drink\x00\u202e! ", 40) == "Oat drink !"
    assert one_line("abcdefgh", 5) == "abcd…"


def test_one_thing_is_no_plural():
    assert [counted(n, "image") for n in (0, 1, 1200)] == ["0 images", "1 image", "1,200 images"]
    assert [counted(n, "box", "boxes") for n in (1, 2)] == ["1 box", "2 boxes"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and 1 more")],
)
def test_names_become_one_list_and_the_rest_a_number(names, shown):
    assert enumerated(names, 2) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (44, "about 40 seconds"),
        (59, "about 60 seconds"),
        (76, "about 1 minute"),
        (125, "about 2 minutes"),
        (7200, "about 2 hours"),
    ],
)
def test_a_duration_is_told_roughly(seconds, words):
    assert duration(seconds) == words
