import pytest

from engine.embed.codes.gtin import check_digit, find_gtin, normalise_gtin


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("4006381333931", "04006381333931"),
        ("036000291452", "00036000291452"),
        ("96385074", "00000096385074"),
        ("4006381333932", ""),  # wrong check digit
        ("400638133393", ""),  # a digit lost
        ("00000000", ""),
        ("40063813339３1", ""),  # a full-width digit
        ("", ""),
    ],
)
def test_a_gtin_has_fourteen_digits_or_is_none(digits, expected):
    assert normalise_gtin(digits) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://id.gs1.org/01/09506000134352/10/AB-123", "09506000134352"),
        ("https://example.org/01/4006381333931?17=261231", "04006381333931"),
        ("010950600013435217261231", "09506000134352"),
        ("(01)09506000134352(17)261231", "09506000134352"),
        ("https://example.org/01/", ""),
        ("https://example.org/2026/01/20", ""),
        ("01095060001343529", "09506000134352"),
        ("WIFI:S:home;", ""),
    ],
)
def test_a_matrix_names_the_gtin_of_its_link_or_element_string(text, expected):
    assert find_gtin(text) == expected


def test_the_check_digit_is_that_of_the_general_specifications():
    assert check_digit("629104150021") == "3"  # the example of section 7.9
