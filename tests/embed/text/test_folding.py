import pytest

from engine.embed.text.folding import folded_parts, plain


def test_case_and_accents_are_forgotten():
    assert plain("FLÄDERBLOM Ćevapčići") == "fladerblom cevapcici"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SÅS", "5as"),
        ("Bil1ig", "Billig"),
        ("modern", "modem"),
        ("Øl", "01"),
        ("Straße", "STRASSE"),
    ],
)
def test_words_that_look_alike_fold_to_the_same(one, other):
    assert folded_parts(one) == folded_parts(other) != []


def test_words_are_parted_at_what_is_no_letter():
    assert folded_parts("orange&red, 250 g") == ["orange", "red", "zso"]


def test_ideographs_are_taken_in_pairs():
    assert folded_parts("牛奶巧") == ["牛奶", "奶巧"]
    assert folded_parts("ABC牛奶") == ["abc", "牛奶"]


def test_single_letters_are_no_words():
    assert folded_parts("a b ! g") == []
