from datetime import date

import numpy as np
import pytest

from engine.answers import market_vote, market_votes
from engine.catalog.models import Claim, Product, ReferenceImage
from engine.comparison import Comparison
from engine.embed.image import Box
from engine.embed.local.logos import Lettering
from engine.fusion import Posterior
from engine.markets.facts import Fact

TODAY = date(2026, 1, 1)


def image_of(*claims):
    """A picture of a product with these claims, which are of the product."""
    product = Product(key="p", claims=list(claims))
    return ReferenceImage(id=1, product=product)


def test_only_market_claims_vote_for_countries():
    image = image_of(
        Claim(kind=Fact.MARKET, value="SE", observations=3),
        Claim(kind=Fact.ORIGIN, value="PL", observations=9),
        Claim(kind=Fact.LICENCE, value="DE", observations=9),
        Claim(kind=Fact.LANGUAGE, value="da", observations=9),
    )

    assert market_vote(image, 0.5).observations == {"SE": 3.0}


def test_old_and_weak_sightings_count_less():
    image = image_of(
        Claim(kind=Fact.MARKET, value="SE", observations=4, observed_on=TODAY),
        Claim(kind=Fact.MARKET, value="NO", observations=4, observed_on=date(2021, 1, 1)),
        Claim(kind=Fact.MARKET, value="FI", observations=4, is_weak=True),
    )

    observations = market_vote(image, 0.5, TODAY).observations

    assert observations == {"SE": 4.0, "NO": pytest.approx(2.0, rel=1e-3), "FI": 1.0}


def test_the_language_of_a_picture_does_not_silence_the_markets_of_its_product():
    image = image_of(Claim(kind=Fact.MARKET, value="SE", observations=1))
    image.product.claims.append(Claim(kind=Fact.LANGUAGE, value="da", image_id=1, observations=1))

    assert market_vote(image, 0.5).observations == {"SE": 1.0}


def test_a_vote_brings_the_lettering_that_the_crop_shares_with_its_picture():
    logo = Lettering(0.9, Box(1, 2, 3, 4))
    comparisons = [Comparison(image_of(), 0.5, logo=logo), Comparison(image_of(), 0.4)]

    votes = market_votes(comparisons, Posterior(np.array([0.3, 0.2]), 0.5), None)

    assert [(vote.probability, vote.logo) for vote in votes] == [(0.3, logo), (0.2, None)]
