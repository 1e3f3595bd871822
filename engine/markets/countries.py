"""English names of countries, from pycountry's tables of ISO 3166-1."""

import pycountry


def country_name(code: str) -> str:
    """Return a country's common English name, or the code itself where the standard has none."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))
