import pytest

from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.weights import KindWeight, Weights, load_weights


@pytest.fixture
def weights():
    """Two kinds, and what a fact may count at most."""
    kinds = [
        KindWeight("deposit", "strong", 0.9, "by law", "a law"),
        KindWeight("gtin", "weak", 0.8, "far too much", "nobody"),
    ]
    return Weights(
        kinds={kind.kind: kind for kind in kinds},
        ceilings={Fact.MARKET: 0.98, Fact.LICENCE: 0.35},
        defaults={Fact.MARKET: 0.5, Fact.LICENCE: 0.2},
        families={"gtin": "company"},
    )


def clue(kind, fact):
    return Clue(kind, "x", "as read", fact, {"SE": 1.0}, "rule", "source")


def test_a_kind_counts_what_its_table_says(weights):
    found = weights.weigh(clue("deposit", Fact.MARKET))

    assert (found.reliability, found.family, found.text) == (0.9, "deposit", "as read")


def test_a_fact_that_is_no_market_is_bounded_whatever_its_table_says(weights):
    found = weights.weigh(clue("gtin", Fact.LICENCE))

    assert (found.reliability, found.family) == (0.35, "company")


def test_a_kind_without_a_row_has_the_default_of_its_fact(weights):
    assert weights.reliability("new", Fact.MARKET) == 0.5
    assert weights.reliability("new", Fact.LICENCE) == 0.2


def test_a_clue_that_is_hardly_read_counts_less(weights):
    clue = Clue("phone", "+46", "+46", Fact.MARKET, {"SE": 1.0}, "rule", "source", certainty=0.5)

    assert weights.weigh(clue).reliability == weights.reliability("phone", Fact.MARKET) / 2


def test_a_fit_multiplies_the_odds_of_its_strength(weights):
    fitted = weights.fitted({"strong": 1 / 9})

    # .9 is 9 to 1, a ninth of that is 1 to 1
    assert fitted.reliability("deposit", Fact.MARKET) == pytest.approx(0.5)
    assert fitted.reliability("new", Fact.MARKET) == 0.5


def test_the_shipped_tables_bound_every_fact_and_markets_least():
    weights = load_weights()

    assert set(weights.ceilings) == set(weights.defaults) == set(Fact)
    others = [weights.ceilings[fact] for fact in Fact if fact is not Fact.MARKET]
    assert max(others) < weights.ceilings[Fact.MARKET]
    assert all(row.reason and row.source for row in weights.kinds.values())


def test_every_kind_of_a_family_has_a_weight_of_its_own():
    weights = load_weights()

    assert weights.families.keys() <= weights.kinds.keys()


def test_an_importer_and_its_telephone_are_one_company_and_a_deposit_is_none():
    weights = load_weights()

    families = [weights.weigh(clue(kind, Fact.MARKET)).family for kind in ("importer", "phone")]
    assert families == ["company", "company"]
    assert weights.weigh(clue("deposit", Fact.MARKET)).family == "deposit"
