import pytest

from engine.errors import InvalidInputError
from engine.markets.prior import CountryPrior


def shares(prior, *named):
    world = prior.world(named)
    return dict(zip(world.countries, world.prior.tolist(), strict=True))


def test_all_countries_are_alike_unless_said_otherwise():
    assert shares(CountryPrior(frozenset({"SE", "DK"})), "NO", "FI") == {
        "DK": 0.25,
        "FI": 0.25,
        "NO": 0.25,
        "SE": 0.25,
    }


def test_a_setting_weighs_countries_and_the_rest():
    prior = CountryPrior.parse("SE=3, no=1,*=0.5", ["DK", "FI"])

    assert shares(prior) == {"DK": 0.1, "FI": 0.1, "NO": 0.2, "SE": 0.6}


def test_no_country_is_impossible_beforehand():
    found = shares(CountryPrior.parse("SE=1,*=0", ["DK"]))

    # the floor is a twentieth of an even share: .05 * .5 beside 1
    assert found["DK"] == pytest.approx(0.025 / 1.025)


@pytest.mark.parametrize(
    "text", ["SE", "SE=", "SE=-1", "Sweden=1", "UK=1", "SE=1;DK=2", "*=0", "="]
)
def test_a_bad_setting_is_refused_in_words(text):
    with pytest.raises(InvalidInputError):
        CountryPrior.parse(text)
