import pytest

from engine.cropkinds import BRAND_STRUCK, STRUCK
from engine.evaluation.unknowns import Brands, to_strike, unknown_kinds
from engine.metrics import Outcome
from tests.evaluation.crops import crop

BRANDS = Brands({"milk": "Havre", "cream": "HAVRE ", "juice": "Bravo", "rock": ""})


@pytest.mark.parametrize(
    ("brand", "kind"),
    [("havre", "sibling"), (" Bravo", "sibling"), ("Oatly", "foreign"), ("", "unspecified")],
)
def test_an_unknown_crop_is_foreign_when_the_catalog_lacks_its_brand(brand, kind):
    assert BRANDS.kind_of(brand) == kind


def test_striking_a_brand_takes_all_its_products_and_nothing_without_a_brand():
    assert to_strike(STRUCK, "milk", BRANDS) == ["milk"]
    assert to_strike(BRAND_STRUCK, "milk", BRANDS) == ["cream", "milk"]
    assert to_strike(BRAND_STRUCK, "rock", BRANDS) == []


def test_each_kind_is_reported_apart_with_the_share_that_is_surely_named():
    struck = Outcome("", "", None, 0.6, 0.4, kind=STRUCK, cluster="milk")
    crops = [
        crop("milk", [("milk", 0.9)], 0.1, struck=(struck,)),
        crop("", [("milk", 0.5)], 0.5, brand="Oatly"),
        crop("", [("milk", 0.49)], 0.05, brand="Oatly"),
        crop("", [("milk", 0.2)], 0.8, brand="Bravo"),
    ]

    kinds = unknown_kinds(crops, BRANDS)

    assert list(kinds) == ["foreign", "sibling", "struck"]
    assert (kinds["foreign"].crops, kinds["foreign"].sure) == (2, 1)
    assert kinds["foreign"].sure_share.value == 0.5
    assert kinds["foreign"].auroc.value == 0.5
    assert kinds["sibling"].auroc.value == 1.0
    assert (kinds["struck"].sure, kinds["struck"].mean_unknown) == (1, 0.4)
    assert kinds["struck"].operating_points[0].threshold == 0.6


def test_a_set_of_known_crops_alone_has_no_kinds_of_unknown():
    assert unknown_kinds([crop("milk", [("milk", 0.9)])], BRANDS) == {}
