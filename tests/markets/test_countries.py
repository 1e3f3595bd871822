from engine.markets.countries import country_name


def test_a_country_has_its_common_name():
    assert country_name("SE") == "Sweden"
    assert country_name("BO") == "Bolivia"


def test_a_code_outside_the_standard_is_its_own_name():
    assert country_name("XK") == "XK"
