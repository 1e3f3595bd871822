import pytest

from tests.api.conftest import form, upload
from tests.conftest import png
from tests.embed.hostile import draw_picture, encode


@pytest.fixture
def shop(add_product):
    """Red and lime are Swedish among others, blue is Polish."""
    add_product("red", "red", markets=["SE", "FI"])
    add_product("green", "lime", markets=["SE", "NO"])
    add_product("blue", "blue", markets=["PL"])
    for number, country in enumerate(["DE", "FR", "IT", "ES", "PT", "DK"]):
        add_product(f"other {number}", "#808080", markets=[country])


def ask(client, *colours, **fields):
    images = [upload(png(colour), f"{colour}.png") for colour in colours]
    return client.post("/v1/scenes", **form(**{"image": images, **fields}))


def test_objects_of_a_scene_find_their_common_country(shop, analyst):
    document = ask(analyst, "red", "lime").get_json()

    assert {"results", "scene", "model", "catalog", "elapsed_ms"} <= document.keys()
    assert [result["image"]["name"] for result in document["results"]] == ["red.png", "lime.png"]
    scene = document["scene"]
    first = scene["markets"][0]
    assert first["country"] == "SE"
    alone = [
        next(row["probability"] for row in result["markets"] if row["country"] == "SE")
        for result in document["results"]
    ]
    assert first["probability"] > max(alone)
    assert [row["kind"] for row in first["evidence"]] == ["object", "object"]
    assert {row["image"] for row in first["evidence"]} == {"red.png", "lime.png"}
    weights = sum(row["weight"] for row in first["evidence"])
    assert weights == pytest.approx(first["probability"], abs=1e-6)
    total = sum(row["probability"] for row in scene["markets"]) + scene["undetermined"]
    assert total == pytest.approx(1, abs=1e-6)


def test_an_object_that_disagrees_is_told(shop, analyst):
    scene = ask(analyst, "red", "lime", "blue").get_json()["scene"]

    assert [row["name"] for row in scene["objects"] if row["disagrees"]] == ["blue.png"]
    assert scene["markets"][0]["country"] == "SE"


def test_each_result_is_that_of_a_search(shop, analyst):
    scene = ask(analyst, "red", "blue").get_json()
    images = [upload(png(colour), f"{colour}.png") for colour in ("red", "blue")]
    search = analyst.post("/v1/search", **form(image=images)).get_json()

    assert scene["results"] == search["results"]


def test_one_picture_may_come_with_the_box_of_each_object(shop, analyst):
    picture = upload(encode(draw_picture(100, 100), "PNG"), "room.png")  # red and blue on the left

    document = analyst.post(
        "/v1/scenes", **form(image=[picture, picture], box=["0,0,30,40", "0,60,30,40"])
    ).get_json()

    found = [result["candidates"][0]["product"]["id"] for result in document["results"]]
    assert found == ["red", "blue"]
    assert len(document["scene"]["objects"]) == 2


def test_an_empty_catalog_says_nothing_of_a_scene(analyst):
    scene = ask(analyst, "red", "blue").get_json()["scene"]

    assert (scene["markets"], scene["undetermined"]) == ([], 1)
    assert scene["verdict"]["kind"] == "nothing"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"k": "0"}, "'k'"),
        ({"market": "SE"}, "'market': there is no such field"),
        ({"box": ["1,2,3", ""]}, "is not x,y,width,height"),
        ({"box": ["", "", ""]}, "2 images and 3 boxes"),
    ],
)
def test_a_bad_field_of_a_scene_is_422_and_named(shop, analyst, fields, words):
    response = ask(analyst, "red", "blue", **fields)

    assert response.status_code == 422
    assert words in response.get_json()["detail"]


def test_a_bad_crop_of_a_scene_is_named(shop, analyst):
    images = [upload(), upload(b"no picture", "bad.png")]

    response = analyst.post("/v1/scenes", **form(image=images))

    assert response.status_code == 422
    assert response.get_json()["image"] == {"index": 1, "name": "bad.png"}


def test_a_scene_without_a_crop_is_422(analyst):
    assert analyst.post("/v1/scenes", **form(k="5")).status_code == 422


def test_seventeen_crops_are_too_many_for_a_scene(shop, analyst):
    response = ask(analyst, *["red"] * 17)

    assert response.status_code == 422
    assert "at most 16" in response.get_json()["detail"]
