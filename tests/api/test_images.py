import hashlib
import io

import pytest
from PIL import Image

from tests.api.conftest import form, upload
from tests.conftest import png
from tests.embed.hostile import encode


@pytest.fixture
def kettle(curator):
    """A product without images."""
    curator.post("/v1/products", json={"id": "red kettle?", "name": "Kettle", "source": "shop"})
    return "/v1/products/red%20kettle%3F"


def test_an_image_is_added_and_found_at_once(kettle, curator, analyst):
    response = curator.post(f"{kettle}/images", **form(image=upload(name="k.png"), market="se"))

    assert response.status_code == 201
    image = response.get_json()
    sha256 = hashlib.sha256(png("red")).hexdigest()
    assert image["sha256"] == sha256
    assert response.headers["Location"] == image["url"] == f"{kettle}/images/{sha256}"
    assert (image["width"], image["height"]) == (40, 30)
    assert (image["filename"], image["media_type"]) == ("k.png", "image/png")
    product = analyst.get(kettle).get_json()
    assert product["images"] == [image]
    assert [(claim["country"], claim["image"]) for claim in product["claims"]] == [("SE", sha256)]
    found = analyst.post("/v1/search", **form(image=upload())).get_json()["results"][0]
    assert found["candidates"][0]["reference_image"] == image["url"]


def test_the_original_bytes_come_back_with_their_type(kettle, curator, analyst):
    data = encode(Image.new("RGB", (900, 300), "teal"), "WEBP")
    url = curator.post(f"{kettle}/images", **form(image=upload(data, "x.png"))).get_json()["url"]

    with analyst.get(url) as response:
        assert response.data == data
        assert response.content_type == "image/webp"
        assert response.headers["Content-Disposition"] == "inline; filename=x.png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_thumbnail_is_a_small_jpeg(kettle, curator, analyst):
    data = encode(Image.new("RGB", (900, 300), "teal"), "WEBP")
    url = curator.post(f"{kettle}/images", **form(image=upload(data))).get_json()["url"]

    with analyst.get(f"{url}?size=thumbnail") as response:
        assert response.content_type == "image/jpeg"
        with Image.open(io.BytesIO(response.data)) as small:
            assert small.size == (320, 107)


def test_an_image_that_did_not_change_is_not_sent_again(kettle, curator, analyst):
    url = curator.post(f"{kettle}/images", **form(image=upload())).get_json()["url"]
    with analyst.get(url) as response:
        etag = response.headers["ETag"]

    with analyst.get(url, headers={"If-None-Match": etag}) as response:
        assert (response.status_code, response.data) == (304, b"")
    with analyst.get(f"{url}?size=thumbnail", headers={"If-None-Match": etag}) as response:
        assert response.status_code == 200


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=y", "a\x00b", "ключ.png", 'q".png', "../../x", "\u202egnp.exe", ""]
)
def test_no_file_name_breaks_a_header(kettle, curator, analyst, parts, name):
    parts.ingester.add_image("red kettle?", png("red"), name)
    url = analyst.get(kettle).get_json()["images"][0]["url"]

    with analyst.get(url) as response:
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("inline; filename")
        assert "Set-Cookie" not in response.headers


def test_the_same_bytes_twice_are_one_image(kettle, curator, analyst):
    for market in ("SE", "DE"):
        curator.post(f"{kettle}/images", **form(image=upload(), market=market))

    product = analyst.get(kettle).get_json()
    assert len(product["images"]) == 1
    assert product["markets"] == ["DE", "SE"]


def test_a_deleted_image_is_gone_for_searches_too(kettle, curator, analyst):
    url = curator.post(f"{kettle}/images", **form(image=upload())).get_json()["url"]

    assert curator.delete(url).status_code == 204

    assert analyst.get(url).status_code == 404
    assert curator.delete(url).status_code == 404
    found = analyst.post("/v1/search", **form(image=upload())).get_json()["results"][0]
    assert found["candidates"] == []


def test_an_image_belongs_to_its_product_alone(kettle, curator, analyst):
    url = curator.post(f"{kettle}/images", **form(image=upload())).get_json()["url"]
    curator.post("/v1/products", json={"id": "other", "name": "Other"})

    other = f"/v1/products/other/images/{url.rpartition('/')[2]}"

    assert analyst.get(other).status_code == 404
    assert curator.delete(other).status_code == 404


@pytest.mark.parametrize(
    "image", ["0" * 64, "x", "..", "%2E%2E", "..%2F..%2Fcatalog.sqlite3", "A" * 64]
)
def test_an_image_that_is_none_is_404(kettle, analyst, image):
    assert analyst.get(f"{kettle}/images/{image}").status_code == 404


def test_a_lost_file_is_404_in_words(kettle, curator, analyst, parts):
    image = curator.post(f"{kettle}/images", **form(image=upload())).get_json()
    parts.files.path(image["sha256"]).unlink()

    response = analyst.get(image["url"])

    assert response.status_code == 404
    assert "gone from the data folder" in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"image": upload(b"text")}, 415),
        ({"image": upload(png("red")[:60])}, 422),
        ({"image": [upload(), upload()]}, 422),
        ({"image": upload(), "market": "Sweden"}, 422),
        ({"image": upload(), "colour": "red"}, 422),
        ({"image": "text"}, 422),
    ],
)
def test_a_bad_image_is_refused_and_nothing_is_kept(kettle, curator, analyst, fields, status):
    response = curator.post(f"{kettle}/images", **form(**fields))

    assert response.status_code == status
    assert analyst.get(kettle).get_json()["images"] == []


def test_an_image_of_an_unknown_product_is_404(curator):
    response = curator.post("/v1/products/nothing/images", **form(image=upload()))

    assert response.status_code == 404


def test_an_unknown_size_is_422(kettle, curator, analyst):
    url = curator.post(f"{kettle}/images", **form(image=upload())).get_json()["url"]

    assert analyst.get(f"{url}?size=huge").status_code == 422
