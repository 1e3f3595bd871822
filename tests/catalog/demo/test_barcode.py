"""Codes that a scanner reads."""

import pytest
import zxingcpp
from PIL import Image

from engine.catalog.demo.barcode import draw_barcode, modules_of
from engine.catalog.demo.gtin import check_digit
from engine.catalog.demo.pictures import reference_images
from engine.catalog.demo.products import product_at


def test_modules_are_those_of_the_standards_example():
    # GS1 General Specifications, 5.2.1: 2112345678900 begins with digit 2, parity OOEEOE
    modules = modules_of("2112345678900")

    assert len(modules) == 95
    assert modules[:10] == "101" + "0011001"
    assert modules[45:50] == "01010"
    assert modules[-10:] == "1110010" + "101"


@pytest.mark.parametrize("body", ["730123456789", "060123456789", "490123456789"])
def test_a_code_scans(body):
    gtin = body + check_digit(body)

    codes = zxingcpp.read_barcodes(draw_barcode(gtin, 2, 90))

    assert [code.text.zfill(13) for code in codes] == [gtin]


def test_every_code_that_a_catalog_shows_scans(written):
    shown = [row for row in written.rows if "|" in row["images"]]
    assert len(shown) >= 5
    for row in shown:
        with Image.open(written.folder / row["images"].split("|")[1]) as image:
            codes = zxingcpp.read_barcodes(image)
        assert [code.text.zfill(13) for code in codes] == [row["gtin"]]


def test_a_magazine_carries_its_code_on_the_cover():
    products = [product_at(7, number) for number in range(160)]
    magazines = [product for product in products if product.family.article.name == "magazine"]
    assert magazines
    for product in magazines[:4]:
        (cover,) = reference_images(product)
        codes = zxingcpp.read_barcodes(cover)
        assert [code.text.zfill(13) for code in codes] == [product.gtin]
