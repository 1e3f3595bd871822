"""Article numbers: what a code's text says about the GTIN, normalised to 14 digits."""

import re

_APPLICATION_IDENTIFIER = re.compile(r"(?:^\(01\)|^01|/01/)([0-9]{14})")
"""GTIN of an element string `(01)...` or a Digital Link `https://.../01/...`, with 14 digits
(GS1 General Specifications, section 3.2; GS1 Digital Link Standard: URI Syntax, section 4)."""
_LINK_SHORT = re.compile(r"^https?://[^ ]*/01/([0-9]{8}|[0-9]{12,13})(?![0-9])")


def normalise_gtin(digits: str) -> str:
    """Return a GTIN of 8, 12, 13 or 14 digits as 14; empty when the check digit is wrong.

    Written with 14 digits, the same article has the same number whatever symbol carries it
    (GS1 General Specifications, section 3.2).
    """
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", digits):
        return ""
    padded = digits.zfill(14)
    return padded if check_digit(padded[:-1]) == padded[-1] and int(padded) else ""


def find_gtin(text: str) -> str:
    """Return the GTIN, as 14 digits, that a QR code's or data matrix' text names; else empty."""
    found = _APPLICATION_IDENTIFIER.search(text) or _LINK_SHORT.search(text)
    return normalise_gtin(found[1]) if found else ""


def check_digit(body: str) -> str:
    """Return the last digit of a GTIN without it (GS1 General Specifications, section 7.9)."""
    weighted = sum(int(digit) * (3, 1)[i % 2] for i, digit in enumerate(reversed(body)))
    return str(-weighted % 10)
