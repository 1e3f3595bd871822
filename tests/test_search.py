import pytest
from PIL import Image

from engine.crops import crop_from_bytes, crop_from_file
from engine.embed.image import Box
from engine.errors import BoxOutsideImageError
from engine.fusion import FusionModel, KnownModel, signal_matrix
from engine.results import EmbeddingEvidence
from engine.search import Searcher
from tests.conftest import png


@pytest.fixture
def paints(add_product):
    """Red and tomato are near each other, blue is far away."""
    add_product("red", "#ff0000", markets=["SE", "DK"])
    add_product("tomato", "#ff6347", markets=["SE"], category="produce")
    add_product("blue", "#0000ff", markets=["FR"])


@pytest.fixture
def searcher(parts, paints):
    """Cosines as likelihoods: .9 speaks neither for nor against."""
    model = FusionModel({"embedding": 50.0}, {"": KnownModel({"embedding": 50.0}, 45.0)})
    return Searcher(parts.encoder, parts.index, parts.sessions, model, unknown_prior=0.2)


def red_crop():
    return crop_from_bytes("crop.png", png("#ff0000"))


def search_red(searcher, **options):
    return searcher.search([red_crop()], **options).results[0]


def test_the_product_that_the_crop_shows_comes_first(searcher):
    result = search_red(searcher)

    assert [c.product.id for c in result.candidates] == ["red", "tomato", "blue"]
    assert [c.rank for c in result.candidates] == [1, 2, 3]
    assert result.candidates[0].evidence == [EmbeddingEvidence(score=1.0)]
    assert result.image.name == "crop.png"
    assert (result.image.width, result.image.height) == (40, 30)


def test_products_and_unknown_sum_to_one_whatever_is_shown(searcher):
    everything = search_red(searcher)
    one = search_red(searcher, limit=1)

    total = sum(c.probability for c in everything.candidates) + everything.unknown
    assert total == pytest.approx(1.0, abs=1e-5)
    assert one.candidates[0].probability == everything.candidates[0].probability


def test_countries_and_undetermined_sum_to_one(searcher):
    result = search_red(searcher)

    assert [market.country for market in result.markets] == ["SE", "DK"]
    assert [market.name for market in result.markets] == ["Sweden", "Denmark"]
    total = sum(market.probability for market in result.markets) + result.undetermined
    assert total == pytest.approx(1.0, abs=1e-5)


def test_a_country_says_which_candidates_raised_it(searcher):
    result = search_red(searcher)

    sweden = result.markets[0]
    assert [part.product for part in sweden.evidence] == ["red", "tomato"]
    assert sum(part.weight for part in sweden.evidence) == pytest.approx(
        sweden.probability, abs=1e-5
    )


def test_a_crop_of_nothing_in_the_catalog_is_unknown(searcher):
    green = crop_from_bytes("green.png", png("#00ff00"))

    result = searcher.search([green]).results[0]

    assert result.unknown > 0.99
    assert result.undetermined > 0.99


def test_an_empty_catalog_answers_unknown_and_no_country(parts):
    result = parts.searcher.search([red_crop()]).results[0]

    assert (result.candidates, result.markets) == ([], [])
    assert (result.unknown, result.undetermined) == (1.0, 1.0)


def test_several_images_of_a_product_count_as_its_best(parts, searcher):
    parts.ingester.add_image("blue", png("#fe0000"), "odd.png")

    result = search_red(searcher)

    assert [c.product.id for c in result.candidates] == ["red", "blue", "tomato"]


def test_a_box_searches_inside_the_picture(searcher, tmp_path):
    picture = Image.new("RGB", (200, 100), "#0000ff")
    picture.paste("#ff0000", (0, 0, 60, 60))
    picture.save(tmp_path / "scene.png")

    whole = searcher.search([crop_from_file(tmp_path / "scene.png")])
    boxed = searcher.search([crop_from_file(tmp_path / "scene.png", box=Box(5, 5, 40, 40))])

    assert whole.results[0].candidates[0].product.id == "blue"
    assert boxed.results[0].candidates[0].product.id == "red"


def test_a_box_outside_the_picture_is_refused():
    with pytest.raises(BoxOutsideImageError):
        crop_from_bytes("crop.png", png("red"), box=Box(30, 0, 20, 20))


def test_a_box_begins_where_its_context_does():
    crop = crop_from_bytes("crop.png", png("red", (200, 100)), box=Box(40, 10, 100, 80))

    # 15 % of 100 to the left, of 80 above, as far as the picture goes
    assert crop.origin == (25, 0)


def test_filters_search_a_part_of_the_catalog(searcher):
    swedish = search_red(searcher, markets=["SE"])
    produce = search_red(searcher, categories=["produce"])
    nothing = search_red(searcher, categories=["produce"], markets=["FR"])
    either = search_red(searcher, markets=["FR", "DK"])

    assert [c.product.id for c in swedish.candidates] == ["red", "tomato"]
    assert [c.product.id for c in produce.candidates] == ["tomato"]
    assert nothing.candidates == []
    assert [c.product.id for c in either.candidates] == ["red", "blue"]


def test_each_crop_has_a_result_of_its_own_in_order(searcher):
    crops = [crop_from_bytes(name, png(name)) for name in ("blue", "red")]

    result = searcher.search(crops)

    assert [r.image.name for r in result.results] == ["blue", "red"]
    assert [r.candidates[0].product.id for r in result.results] == ["blue", "red"]


def test_a_crop_among_others_has_the_answer_that_it_has_alone(searcher):
    alone = searcher.search([red_crop()]).results[0]
    among = searcher.search([crop_from_bytes("b", png("blue")), red_crop()]).results[1]

    assert among == alone


def test_examining_a_crop_gives_the_answer_of_a_search_and_the_numbers_behind_it(searcher):
    examined = searcher.examine(red_crop())

    weighed = examined.weighed
    signals = signal_matrix([each.signals for each in weighed.comparisons])
    assert examined.result == search_red(searcher)
    assert [each.image.product.key for each in weighed.comparisons] == ["red", "tomato", "blue"]
    again = searcher.posterior(signals)
    assert again.unknown == weighed.posterior.unknown


def test_a_struck_product_weighs_as_if_it_had_been_deleted(parts, searcher):
    examined = searcher.examine(red_crop())
    struck = searcher.weigh_without(examined.look, ["red", "no such thing"])

    parts.ingester.delete_product("red")
    deleted = searcher.look_and_weigh(red_crop())[1]
    assert [each.image.product.key for each in struck.comparisons] == ["tomato", "blue"]
    assert struck.posterior.products == pytest.approx(deleted.posterior.products)
    assert struck.posterior.unknown == pytest.approx(deleted.posterior.unknown)


def test_a_deleted_product_is_found_no_more(parts, searcher):
    before = searcher.search([red_crop()])
    parts.ingester.delete_product("red")
    after = searcher.search([red_crop()])

    assert before.results[0].candidates[0].product.id == "red"
    assert after.results[0].candidates[0].product.id == "tomato"
    assert after.catalog.version > before.catalog.version


def test_the_pack_on_the_matched_picture_decides_the_country(parts, searcher):
    from engine.catalog.fields import ClaimFields

    parts.ingester.add_image("red", png("#ff8800"), claims=[ClaimFields("NO")])

    front = search_red(searcher).markets
    norwegian = searcher.search([crop_from_bytes("crop", png("#ff8800"))]).results[0].markets

    assert {market.country for market in front} == {"SE", "DK", "NO"}
    by_red = [m.country for m in norwegian for part in m.evidence if part.product == "red"]
    assert by_red == ["NO"]


def test_stages_of_the_time_add_up(searcher):
    elapsed = searcher.search([red_crop()]).elapsed_ms

    assert set(elapsed) == {"total", "decode", "embed", "index", "compare", "rest"}
    parts_sum = sum(ms for stage, ms in elapsed.items() if stage != "total")
    assert parts_sum == pytest.approx(elapsed["total"], abs=0.3)


def test_a_text_finds_by_words_first_and_then_by_look(searcher, add_product):
    add_product("p1", "lime", name="leaf")
    add_product("p2", "white", name="Lime soda")

    hits = searcher.search_text("lime").hits

    found = [(hit.rank, hit.product.id, hit.matched_by) for hit in hits]
    assert found[:2] == [(1, "p2", "text"), (2, "p1", "look")]
    assert hits[1].score == 1.0


def test_a_number_or_a_word_of_the_catalog_finds_its_product(searcher, add_product, parts):
    parts.encoder.has_text = False
    add_product("oat", "white", name="Oat drink", brand="Havre", gtins=["7350000000016"])

    for text in ("oat", "HAVRE", "7350000000016"):
        hits = searcher.search_text(text).hits
        assert [(hit.product.id, hit.matched_by) for hit in hits] == [("oat", "text")]
