"""Order and forms of letters."""

from engine.catalog.demo.script import drawn, shaped


def test_arabic_letters_take_the_form_of_their_place():
    # sheen initial, alef final, yeh isolated: alef does not join what follows
    assert shaped("شاي") == "\ufeb7\ufe8e\ufef1"


def test_lam_and_alef_join_into_one():
    assert shaped("لا") == "\ufefb"
    assert shaped("بلا") == "\ufe91\ufefc"


def test_hebrew_is_turned_and_numbers_are_not():
    assert drawn("תה 25 g") == "25 g הת"


def test_brackets_turn_with_their_text():
    assert drawn("תה (ירוק)") == "(קורי) הת"


def test_latin_text_stays():
    assert drawn("Te (grönt) 25 g") == "Te (grönt) 25 g"


def test_words_of_both_directions_keep_their_order_in_a_list():
    assert drawn("Thé · תה · Чай") == "Thé · הת · Чай"


def test_a_telephone_number_keeps_its_plus_before_it():
    assert drawn("יבואן: +972 52").startswith("+972 52")
