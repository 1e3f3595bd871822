"""English names of countries, from pycountry's tables of ISO 3166-1."""

import pycountry

from engine.errors import InvalidInputError


def country_name(code: str) -> str:
    """Return a country's common English name, or the code itself where the standard has none."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))


def read_country(text: str) -> str:
    """Return the code that a person meant, in capitals.

    Raises
    ------
    InvalidInputError
        If it is no ISO 3166-1 alpha-2 code.
    """
    code = text.strip().upper()
    if len(code) != 2 or pycountry.countries.get(alpha_2=code) is None:  # alpha-2
        raise InvalidInputError(
            f"{text!r} is no country: write two letters of ISO 3166-1, as SE for Sweden"
        )
    return code
