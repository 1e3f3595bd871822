import pytest

from engine.catalog.fields import ClaimFields, ProductFields
from engine.errors import (
    ConflictError,
    InvalidInputError,
    NotAnImageError,
    NotFoundError,
    UnreadableImageError,
)
from tests.fakes import MeanColourEncoder
from tests.ingest.conftest import png_bytes, sha256_of

FINGERPRINT = MeanColourEncoder.fingerprint


@pytest.fixture
def soap(ingester):
    return ingester.create_product(
        ProductFields("soap", "Soap", brand="Bravo", source="shop", markets=("SE",), gtins=())
    )


def test_a_new_product_can_be_shown_after_its_transaction(soap):
    shown = (soap.key, soap.name, soap.brand, soap.markets, soap.gtins, soap.images, soap.family)

    assert shown == ("soap", "Soap", "Bravo", ["SE"], [], [], None)


def test_a_second_product_with_the_id_is_refused(ingester, soap):
    with pytest.raises(ConflictError, match="'soap' already"):
        ingester.create_product(ProductFields("soap", "Another"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (ProductFields("a/b", "Soap"), "slash"),
        (ProductFields("", "Soap"), "id is missing"),
        (ProductFields("a", " "), "name is missing"),
        (ProductFields("a"), "has no name"),
        (ProductFields("a", "A", markets=("UK",)), "the United Kingdom is GB"),
        (ProductFields("a", "A", gtins=("7310865004704",)), "its check digit is 3"),
        (ProductFields("a", "A", brand="\0"), "NUL"),
        (ProductFields("a", "A", description="\ud800"), "surrogate"),
        (ProductFields("a", "A", family="f" * 201), "more than 200"),
        (ProductFields("a", "A", claims=(ClaimFields("XX"),)), "no country"),
        (ProductFields("a", "A", claims=(ClaimFields("SE", observations=0),)), "observations"),
    ],
)
def test_a_field_that_cannot_be_true_is_named(ingester, read, fields, words):
    with pytest.raises(InvalidInputError, match=words):
        ingester.create_product(fields)
    assert read(lambda store: store.product_keys()) == set()


def test_a_claim_of_a_picture_that_the_product_lacks_is_refused(ingester, soap, read):
    claim = ClaimFields("JP", "photo", image_sha256=sha256_of("red"))

    with pytest.raises(InvalidInputError, match="which the product lacks"):
        ingester.update_product("soap", ProductFields("soap", claims=(claim,)))
    with pytest.raises(InvalidInputError, match="which the product lacks"):
        ingester.create_product(ProductFields("b", "B", claims=(claim,)))
    assert read(lambda store: store.product_keys()) == {"soap"}

    ingester.add_image("soap", png_bytes("red"))
    changed = ingester.update_product("soap", ProductFields("soap", claims=(claim,)))
    assert changed.markets == ["JP", "SE"]


def test_a_picture_whose_file_another_removes_meanwhile_is_kept_again(
    ingester, soap, encoder, files, monkeypatch
):
    encode = encoder.encode_images

    def encode_while_another_deletes(images):
        files.remove(sha256_of("red"))
        return encode(images)

    monkeypatch.setattr(encoder, "encode_images", encode_while_another_deletes)

    ingester.add_image("soap", png_bytes("red"))

    assert files.path(sha256_of("red")).read_bytes() == png_bytes("red")


def test_a_change_touches_only_what_it_names(ingester, soap):
    changed = ingester.update_product("soap", ProductFields("soap", name="Soap 2", markets=("no",)))

    assert (changed.name, changed.brand, changed.markets) == ("Soap 2", "Bravo", ["NO"])


def test_a_product_that_is_not_there_can_be_neither_changed_nor_deleted_nor_shown(ingester):
    with pytest.raises(NotFoundError, match="'soap'"):
        ingester.update_product("soap", ProductFields("soap", name="Soap"))
    with pytest.raises(NotFoundError, match="'soap'"):
        ingester.delete_product("soap")
    with pytest.raises(NotFoundError, match="'soap'"):
        ingester.add_image("soap", png_bytes("red"))
    with pytest.raises(NotFoundError, match="'soap'"):
        ingester.delete_image("soap", sha256_of("red"))


def test_a_picture_is_kept_embedded_and_claimed_at_once(ingester, soap, files, read):
    image = ingester.add_image("soap", png_bytes("red"), "front.png", [ClaimFields("jp", "photo")])

    assert (image.sha256, image.filename, image.source) == (
        sha256_of("red"),
        "front.png",
        "upload",
    )
    assert image.product.key == "soap"
    assert [(claim.country, claim.source) for claim in image.claims] == [("JP", "photo")]
    assert files.path(image.sha256).read_bytes() == png_bytes("red")
    assert read(lambda store: store.embedding_ids(FINGERPRINT, markets=["JP"])).tolist() == [1]


def test_the_same_bytes_again_add_their_claims_and_nothing_else(ingester, soap, encoder, read):
    ingester.add_image("soap", png_bytes("red"), "front.png", [ClaimFields("JP", "upload")])
    again = ingester.add_image("soap", png_bytes("red"), "x.png", [ClaimFields("KR", "upload")])

    assert (again.filename, again.product.key) == ("front.png", "soap")
    assert [claim.country for claim in again.claims] == ["JP", "KR"]
    assert read(lambda store: store.count_embeddings(FINGERPRINT)) == 1
    assert read(lambda store: store.product("soap").markets) == ["JP", "KR", "SE"]


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", NotAnImageError), (b"text", NotAnImageError), ("cut", UnreadableImageError)],
)
def test_bytes_that_are_no_picture_are_refused(ingester, soap, read, data, error):
    data = png_bytes("red", (200, 200))[:90] if data == "cut" else data

    with pytest.raises(error):
        ingester.add_image("soap", data)
    assert read(lambda store: store.product("soap").images) == []


def test_a_deleted_picture_goes_with_its_file_unless_another_product_has_it(
    ingester, soap, files, read
):
    ingester.create_product(ProductFields("b", "B"))
    for key in ("soap", "b"):
        ingester.add_image(key, png_bytes("red"))

    ingester.delete_image("soap", sha256_of("red"))
    assert files.has(sha256_of("red"))
    ingester.delete_image("b", sha256_of("red"))

    assert not files.has(sha256_of("red"))
    assert read(lambda store: store.removed_since(-1)).tolist() == [1, 2]


def test_a_deleted_product_goes_with_its_files(ingester, soap, files, read):
    ingester.add_image("soap", png_bytes("red"))

    ingester.delete_product("soap")

    assert not files.has(sha256_of("red"))
    assert read(lambda store: store.product_keys()) == set()
