"""What a claim still counts: sightings age, and doubted ones count less.

A pack is redesigned, a product delisted, a shop chain leaves a country: the older a sighting, the
less it says of where a thing was bought. But images under investigation are often years old
themselves, so nothing is forgotten: a sighting halves in each half-life, down to a floor. The
half-lives, the floor and the share of a weak claim are judgements, not fitted: there are no
labelled data to fit them to.

`today` is the newest date that the catalog knows (`CatalogStore.newest_observation`), never the
clock of the machine: the same crop, catalog and model give the same document next year too. Within
one product only differences of age matter, so a later `today` moves nothing but the balance
between claims with a date and claims without one, which do not age.
"""

from datetime import date

from engine.markets.facts import Fact

YEAR_DAYS = 365.25

HALF_LIFE_YEARS = {
    Fact.MARKET: 5.0,  # listings and pack designs last some years
    Fact.ORIGIN: 8.0,  # a factory is moved less often than a listing is changed
    Fact.LANGUAGE: 8.0,  # languages change with the markets that a pack is made for
    Fact.LICENCE: None,  # a GS1 company prefix stays where it was licensed
}
"""Years until a sighting counts half, by what it says; None never ages."""

FLOOR = 1 / 64
"""What is left after six half-lives; from there on old is old."""

WEAK_SHARE = 0.25
"""What a weak sighting counts of a firm one: enough to name a country that nothing else names,
too little to win over one firm sighting (three weak ones do not)."""


def weight(
    observations: int,
    observed_on: date | None,
    today: date | None,
    *,
    kind: Fact = Fact.MARKET,
    is_weak: bool = False,
) -> float:
    """Return how many fresh, firm sightings a claim is worth.

    Parameters
    ----------
    observations : int
        Independent sightings that the claim stands for.
    observed_on : datetime.date or None
        When; one without a date does not age.
    today : datetime.date or None
        The newest date that the catalog knows; None where it knows none. A claim that is newer
        counts in full.
    kind : Fact
        What the claim says.
    is_weak : bool
        Whether there is a reason to doubt it.

    Returns
    -------
    float
        Above 0, at most `observations`.
    """
    share = WEAK_SHARE if is_weak else 1.0
    half_life = HALF_LIFE_YEARS[kind]
    if observed_on is None or today is None or half_life is None:
        return observations * share
    years = max((today - observed_on).days, 0) / YEAR_DAYS
    return float(observations * share * max(0.5 ** (years / half_life), FLOOR))
