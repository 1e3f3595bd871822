"""What is thought of countries before anything is seen: alike, unless a setting says otherwise."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.catalog.fields import check_country
from engine.errors import InvalidInputError

Floats = NDArray[np.float64]

FLOOR = 0.05
"""No country's share falls below this part of an even share: nothing is impossible beforehand."""

_ENTRY = re.compile(r"\s*([A-Za-z]{2}|\*)\s*=\s*(\d{1,9}(?:\.\d{1,9})?)\s*")


@dataclass(frozen=True)
class World:
    """The countries that one answer reckons with, and their shares before looking."""

    countries: tuple[str, ...]
    prior: Floats
    """One share a country, above 0, sum 1."""

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each country stands."""
        return {country: place for place, country in enumerate(self.countries)}

    def spread(self, shares: Mapping[str, float]) -> Floats:
        """Return shares by country as a row, 0 for the others."""
        row = np.zeros(len(self.countries))
        for country, share in shares.items():
            row[self.places[country]] = share
        return row


@dataclass(frozen=True)
class CountryPrior:
    """Weights of countries; `rest` is the weight of every country that has none of its own."""

    countries: frozenset[str] = frozenset()
    """Those of the clue tables and of the catalog: reckoned with even when nothing names them."""
    weights: Mapping[str, float] = field(default_factory=dict)
    rest: float = 1.0

    @classmethod
    def parse(cls, text: str, countries: Iterable[str] = ()) -> Self:
        """Read `SE=3,NO=1,*=0.1`; an empty text makes all countries alike.

        Raises
        ------
        InvalidInputError
            If an entry is no `COUNTRY=WEIGHT`, or nothing has a weight.
        """
        weights: dict[str, float] = {}
        for entry in text.split(",") if text.strip() else ():
            match = _ENTRY.fullmatch(entry)
            if match is None:
                raise InvalidInputError(
                    f"the country prior has {entry[:40]!r}; write it like SE=3,NO=1,*=0.1"
                )
            name = match[1] if match[1] == "*" else check_country(match[1])
            weights[name] = float(match[2])
        if weights and not any(weights.values()):
            raise InvalidInputError("the country prior gives every country the weight 0")
        rest = weights.pop("*", 1.0)
        return cls(frozenset(countries) | weights.keys(), weights, rest)

    def extended(self, countries: Iterable[str]) -> Self:
        """Return the same prior over more countries."""
        return replace(self, countries=self.countries.union(countries))

    def world(self, named: Iterable[str] = ()) -> World:
        """Return the countries with their shares; those that evidence names are always there."""
        countries = tuple(sorted(self.countries | set(named)))
        weights = np.array([self.weights.get(country, self.rest) for country in countries])
        if not weights.any():
            weights = np.ones(len(countries))
        floor = FLOOR * float(weights.mean()) if len(weights) else 0.0
        weights = np.maximum(weights, floor)
        return World(countries, weights / weights.sum())
