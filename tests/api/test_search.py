import pytest

from tests.api.conftest import form, multipart, upload
from tests.conftest import png
from tests.embed.hostile import draw_picture, encode, hostile_files


@pytest.fixture
def shop(add_product):
    """Three products of one colour each."""
    add_product("red", "red", markets=["SE", "FI"], brand="ACME")
    add_product("green", "lime", markets=["DE"], category="print")
    add_product("blue", "blue", markets=[])


def search(client, **fields):
    return client.post("/v1/search", **form(**{"image": upload(), **fields}))


def test_the_product_of_the_crop_comes_first_with_its_markets(shop, analyst):
    document = search(analyst).get_json()

    assert list(document) == ["results", "model", "catalog", "elapsed_ms", "ocr"]
    (result,) = document["results"]
    assert result["image"] | {"sha256": ""} == {
        "name": "crop.png",
        "sha256": "",
        "width": 40,
        "height": 30,
    }
    first = result["candidates"][0]
    assert first["rank"] == 1
    assert first["product"] == {
        "id": "red",
        "name": "red thing",
        "brand": "ACME",
        "category": "packaging",
        "gtin": [],
        "markets": ["FI", "SE"],
    }
    assert first["evidence"][0] == {"score": 1.0, "kind": "embedding"}
    assert first["probability"] > 0.9
    assert {market["country"] for market in result["markets"]} >= {"SE", "FI"}
    total = sum(candidate["probability"] for candidate in result["candidates"])
    assert total + result["unknown"] == pytest.approx(1, abs=1e-4)


def test_the_reference_image_of_a_candidate_can_be_fetched(shop, analyst):
    result = search(analyst).get_json()["results"][0]

    response = analyst.get(result["candidates"][0]["reference_image"])

    assert response.data == png("red")
    response.close()


def test_the_same_crop_gives_the_same_document_but_for_the_time(shop, analyst):
    first, second = search(analyst).get_json(), search(analyst).get_json()

    assert first.pop("elapsed_ms").keys() == second.pop("elapsed_ms").keys()
    assert first == second


def test_several_crops_are_answered_in_order(shop, analyst):
    images = [upload(png(colour), f"{colour}.png") for colour in ("blue", "red", "lime")]

    results = search(analyst, image=images).get_json()["results"]

    assert [result["image"]["name"] for result in results] == ["blue.png", "red.png", "lime.png"]
    found = [result["candidates"][0]["product"]["id"] for result in results]
    assert found == ["blue", "red", "green"]


def test_an_empty_catalog_knows_nothing(analyst):
    result = search(analyst).get_json()["results"][0]

    assert result["candidates"] == result["markets"] == result["clues"] == []
    assert result["unknown"] == 1
    assert result["undetermined"] == 1


def test_k_candidates_are_named(shop, analyst):
    result = search(analyst, k="2").get_json()["results"][0]

    assert [candidate["product"]["id"] for candidate in result["candidates"]] == ["red", "green"]


def test_a_crop_of_one_pixel_is_answered_and_told_to_be_hardly_more_than_a_guess(shop, analyst):
    result = search(analyst, image=upload(png("red", (1, 1)))).get_json()["results"][0]

    assert result["quality"]["hindrance"] == "tiny"
    assert "little more than a guess: send a larger cut-out" in result["quality"]["advice"]
    assert result["quality"]["expected_hit_rate"] is None
    assert result["candidates"][0]["product"]["id"] == "red"
    assert (result["markets"], result["undetermined"]) == ([], 1.0)
    assert result["verdict"]["kind"] == "nothing"


def test_filters_of_one_kind_mean_or_and_no_market_fails_a_market_filter(shop, analyst):
    def found(**filters):
        result = search(analyst, **filters).get_json()["results"][0]
        return {candidate["product"]["id"] for candidate in result["candidates"]}

    assert found(category="print") == {"green"}
    assert found(category=["print", "packaging"]) == {"red", "green", "blue"}
    assert found(market=["se", "DE"]) == {"red", "green"}
    assert found(market="DE", category="packaging") == set()
    assert found(market="", category="") == {"red", "green", "blue"}


def test_a_box_shows_the_object(shop, analyst):
    picture = encode(draw_picture(100, 100), "PNG")  # red above left, blue below left

    def found(box):
        result = search(analyst, image=upload(picture), box=box).get_json()["results"][0]
        return result["candidates"][0]["product"]["id"]

    assert found("0,0,30,40") == "red"
    assert found("0,60,30,40") == "blue"


def test_an_empty_box_is_the_whole_picture(shop, analyst):
    whole, empty = search(analyst).get_json(), search(analyst, box="").get_json()

    assert whole["results"] == empty["results"]


def test_boxes_belong_to_images_by_their_order(shop, analyst):
    picture = encode(draw_picture(100, 100), "PNG")
    images = [upload(picture, "a.png"), upload(png("lime"), "b.png"), upload(picture, "c.png")]

    document = search(analyst, image=images, box=["0,0,30,40", "", "0,60,30,40"]).get_json()

    found = [result["candidates"][0]["product"]["id"] for result in document["results"]]
    assert found == ["red", "green", "blue"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"k": "0"}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": "101"}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": "ten"}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": "1.5"}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": ""}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": ["1", "2"]}, "Field 'k': send one whole number from 1 to 100."),
        ({"k": "9" * 5000}, "Field 'k': send one whole number from 1 to 100."),
        ({"market": "Sweden"}, "'Sweden' is no country"),
        ({"market": "UK"}, "the United Kingdom is GB"),
        ({"category": "prnt"}, "'prnt' is no category of this catalog; it has 'packaging'"),
        ({"boxes": "0,0,1,1"}, "'boxes': there is no such field"),
        ({"box": "1,2,3"}, "'1,2,3' is not x,y,width,height"),
        ({"box": "0,0,nan,1"}, "is not x,y,width,height"),
        ({"box": "[" * 5000}, "is not x,y,width,height"),
        ({"box": ["", ""]}, "1 image and 2 boxes"),
        ({"box": "0,0,41,30"}, "leaves the picture of 40 x 30"),
        ({"box": "-1,0,10,10"}, "leaves the picture"),
        ({"box": "5,5,0,10"}, "is empty"),
        ({"image": "a text"}, "Field 'image.0': send a file part"),
    ],
)
def test_a_bad_field_is_422_and_named(shop, analyst, fields, words):
    response = search(analyst, **fields)

    assert response.status_code == 422
    assert words in response.get_json()["detail"]


@pytest.mark.parametrize("arguments", [{}, {"data": {"k": "5"}}, form(k="5")])
def test_a_search_without_a_crop_is_422(analyst, arguments):
    response = analyst.post("/v1/search", **arguments)

    assert response.status_code == 422
    assert response.get_json()["errors"] == [{"field": "image", "message": "it is missing"}]


def test_seventeen_images_are_too_many_and_sixteen_are_not(shop, analyst):
    def images(count):
        return [upload(name=f"{number}.png") for number in range(count)]

    assert len(search(analyst, image=images(16)).get_json()["results"]) == 16
    response = search(analyst, image=images(17))
    assert response.status_code == 422
    assert "at most 16" in response.get_json()["detail"]


def test_one_bad_image_of_several_is_named_with_its_index(shop, analyst):
    images = [upload(name="a.png"), upload(b"GIF89a", "bad.gif"), upload(b"text", "c.txt")]

    response = search(analyst, image=images)

    assert response.status_code == 422
    problem = response.get_json()
    assert problem["image"] == {"index": 1, "name": "bad.gif"}
    assert problem["title"] == "Broken picture"
    assert problem["detail"].startswith("Picture 2 of 3 (index 1), 'bad.gif' cannot be used: ")
    assert problem["reason"].startswith("This GIF picture is broken or ends early")


@pytest.mark.parametrize("bad", [b"", b"text", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_even_what_is_no_picture_is_422_among_several(shop, analyst, bad):
    response = search(analyst, image=[upload(bad, "bad"), upload()])

    assert response.status_code == 422
    assert response.get_json()["image"] == {"index": 0, "name": "bad"}


def test_the_kind_of_a_picture_is_told_by_its_bytes_not_by_its_name(shop, analyst):
    body, media_type = multipart(("image", "notes.txt", png("red")))
    declared = body.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain\r\n\r\n", 1)

    response = analyst.post("/v1/search", data=declared, content_type=media_type)

    assert response.status_code == 200
    assert search(analyst, image=upload(b"notes", "crop.png")).status_code == 415


STATUS = {"NotAnImageError": 415, "ImageTooLargeError": 413, "UnreadableImageError": 422}


def test_hostile_files_are_refused_in_words(analyst):
    files = hostile_files()
    assert len(files) >= 40
    for name, file in files.items():
        response = search(analyst, image=upload(file.data, f"{name}.png"))

        problem = response.get_json()
        assert response.status_code == STATUS[file.expected_error.__name__], name
        assert problem["image"] == {"index": 0, "name": f"{name}.png"}
        assert len(problem["detail"].split()) > 5


def test_too_many_bytes_in_one_picture_are_413(parts, analyst):
    data = png("red") + bytes(parts.settings.max_image_bytes)

    response = search(analyst, image=upload(data))

    assert response.status_code == 413
    assert "bytes, more than the" in response.get_json()["detail"]


def test_too_many_pixels_together_are_413(parts, monkeypatch, analyst):
    monkeypatch.setattr("engine.api.crops.PIXEL_BUDGET", 2400 / parts.limits.max_pixels)

    assert search(analyst, image=[upload(), upload()]).status_code == 200
    response = search(analyst, image=[upload(), upload(), upload()])
    assert response.status_code == 413
    assert "together" in response.get_json()["detail"]


def test_names_of_files_come_back_as_they_are(shop, analyst):
    names = ["ключ <b>.png", "a'b;c.png", "x" * 300, "../../etc/passwd", ""]
    for name in names:
        result = search(analyst, image=upload(name=name)).get_json()["results"][0]
        assert result["image"]["name"] == name[:255]


# --- text --------------------------------------------------------------------------------------


def test_a_text_finds_products_by_words_and_by_look(shop, analyst):
    document = analyst.get("/v1/search?q=red").get_json()

    assert document["hits"][0] | {"reference_image": ""} == {
        "rank": 1,
        "product": {
            "id": "red",
            "name": "red thing",
            "brand": "ACME",
            "category": "packaging",
            "gtin": [],
            "markets": ["FI", "SE"],
        },
        "matched_by": "text",
        "score": None,
        "reference_image": "",
    }


def test_k_hits_of_a_text_are_named(shop, analyst):
    assert len(analyst.get("/v1/search?q=red&k=1").get_json()["hits"]) == 1


@pytest.mark.parametrize("query", ["", "q=", "q=a&q=b", f"q={'x' * 501}", "q=red&k=0", "q=red&x=1"])
def test_a_bad_text_query_is_422(analyst, query):
    assert analyst.get(f"/v1/search?{query}").status_code == 422
