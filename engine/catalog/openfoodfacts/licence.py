"""What a barcode number says: that it is one, and which GS1 office licensed its prefix."""

from biip import ParseError
from biip.gs1_prefixes import GS1Prefix

from engine.catalog.fields import check_gtin, shorten
from engine.catalog.openfoodfacts.places import Places
from engine.errors import InvalidInputError

LENGTHS = (8, 13, 14)


def normal_gtin(code: str) -> str:
    """Return the code of an entry as a GTIN-8, GTIN-13 or GTIN-14.

    Open Food Facts pads and strips leading zeros (`docs/api/ref-barcode-normalization.md`): a
    number of at most 8 digits is a GTIN-8, one of at most 13 a GTIN-13, so that a UPC-A begins
    with a zero.

    Raises
    ------
    InvalidInputError
        If it has other characters than digits, too many or only zeros, or a wrong check digit.
    """
    if not (code.isascii() and code.isdigit()):
        raise InvalidInputError(f"the code {shorten(code)} is not a number")
    digits = code.lstrip("0")
    if not digits:
        raise InvalidInputError(f"the code {shorten(code)} has no digit but zeros")
    length = next((length for length in LENGTHS if len(digits) <= length), None)
    if length is None:
        raise InvalidInputError(f"the code {shorten(code)} has more than 14 digits")
    return check_gtin(digits.zfill(length))


def is_restricted(gtin: str) -> bool:
    """Tell whether the number is a shop's own, which other shops give to other things.

    GS1 General Specifications, section 1.4: prefixes 02, 04 and 2 of a GTIN-13 (Open Food Facts
    itself numbers what has no barcode from 200), 0 and 2 of a GTIN-8.
    """
    if len(gtin) == 8:
        return gtin[0] in "02"
    return gtin[-13:].startswith(("000", "02", "04", "2"))


def licensed_in(gtin: str, places: Places) -> frozenset[str]:
    """Return the country of the GS1 office that gave the prefix; both for the one of two countries.

    None for the prefixes of books, coupons and the global office, which are no country's.
    """
    try:
        prefix = GS1Prefix.extract(gtin if len(gtin) == 8 else gtin[-13:])
    except ParseError:
        return frozenset()
    if prefix is None or not prefix.usage.startswith("GS1 ") or is_restricted(gtin):
        return frozenset()
    office = prefix.usage.removeprefix("GS1 ").removesuffix(" - GTIN-8")
    found = [places.countries(name) for name in office.split(" & ")]
    return frozenset(code for codes in found for code in codes or ())
