import pytest

from engine.errors import InvalidInputError
from engine.markets.countries import country_name, read_country


def test_a_country_has_its_common_name():
    assert country_name("SE") == "Sweden"
    assert country_name("BO") == "Bolivia"


def test_a_code_outside_the_standard_is_its_own_name():
    assert country_name("XK") == "XK"


def test_a_code_is_read_in_any_case():
    assert read_country(" se ") == "SE"


@pytest.mark.parametrize("text", ["", "Sweden", "ZZ", "S", "SWE"])
def test_what_is_no_code_is_refused_with_an_example(text):
    with pytest.raises(InvalidInputError, match="SE"):
        read_country(text)
