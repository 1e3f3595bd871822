"""Packs that contradict what is claimed of them: drawn, read by the real networks, and doubted."""

import io
import json

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.catalog.demo.typeface import font
from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.store import CatalogStore
from engine.cli import main
from engine.doubts import PackReader
from engine.embed.features import DetailExtractor
from engine.embed.text.reader import RapidReader
from engine.errors import NotFoundError
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.conftest import signed_in
from tests.conftest import png
from tests.fakes import MeanColourEncoder

SWEDISH = ("Mjölk 1 liter", "Sorteras som plast", "Bäst före")
WORDLESS = ()


def pack(*lines):
    """Return the bytes of a white pack with some lines of print."""
    picture = Image.new("RGB", (420, 300), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((20, 30 + 80 * number), line, "black", font("sans", 36))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("doubts") / "data")
    database = open_database(settings.database_path)
    extractor = DetailExtractor(RapidReader(read_others=lambda _image: []))
    built = build_parts(settings, database, MeanColourEncoder(), extractor)
    for key, markets, lines in (
        ("swedish", ["SE", "NO"], SWEDISH),
        ("mistaken", ["BR"], SWEDISH),
        ("nowhere", [], SWEDISH),
        ("wordless", ["BR"], WORDLESS),
    ):
        product = ProductFields(key, name=f"{key} milk", markets=tuple(markets), source="shop")
        built.ingester.create_product(product)
        built.ingester.add_image(key, pack(*lines), f"{key}.png")
    yield built
    database.dispose()


def image_of(parts, key):
    with parts.sessions() as session:
        return parts.pack_reader.of_image(session, key, _sha256(session, key))


def _sha256(session, key):
    return CatalogStore(session).product(key).images[0].sha256


def test_a_pack_that_says_what_is_claimed_is_not_doubted(parts):
    printed = image_of(parts, "swedish")

    assert (printed.claimed, printed.doubt) == (["NO", "SE"], "")
    assert printed.markets[0].country == "SE"
    assert {"recycling", "language"} <= {clue.kind for clue in printed.clues}


def test_a_clue_on_a_reference_picture_has_its_place_in_it(parts):
    (recycling,) = [c for c in image_of(parts, "swedish").clues if c.kind == "recycling"]

    assert recycling.text.casefold().startswith("sorteras")
    assert 100 < recycling.box.y < 170  # the second line
    assert recycling.box.x + recycling.box.width <= 420


def test_a_pack_that_points_elsewhere_is_doubted_in_a_sentence(parts):
    doubt = image_of(parts, "mistaken").doubt

    assert doubt.startswith("What is printed on it points to Sweden (")
    assert doubt.endswith("the catalog says Brazil.")


@pytest.mark.parametrize("key", ["nowhere", "wordless"])
def test_without_a_claim_or_a_word_there_is_nothing_to_doubt(parts, key):
    assert image_of(parts, key).doubt == ""


def test_a_claim_of_the_very_pack_comes_before_those_of_its_product(parts):
    green = pack(*SWEDISH, "Ny")
    parts.ingester.create_product(
        ProductFields("exported", name="milk", markets=("BR",), source="shop")
    )
    parts.ingester.add_image("exported", green, "a.png", [ClaimFields("SE", "shop")], "shop")

    printed = image_of(parts, "exported")

    assert (printed.claimed, printed.doubt) == (["SE"], "")
    parts.ingester.delete_product("exported")


def test_a_catalog_without_words_says_nothing(parts):
    with parts.sessions() as session:
        blind = PackReader(parts.judge, None)
        printed = blind.of_image(session, "mistaken", _sha256(session, "mistaken"))

    assert (printed.clues, printed.markets, printed.doubt) == ([], [], "")


def test_pictures_whose_words_were_never_read_are_counted(parts):
    with parts.sessions() as session:
        assert parts.pack_reader.count_unread(session) == 0
        assert PackReader(parts.judge, "another reader").count_unread(session) == 4
        assert PackReader(parts.judge, None).count_unread(session) == 4


def test_a_picture_of_another_product_is_not_found(parts):
    with parts.sessions() as session:
        sha256 = _sha256(session, "wordless")
        with pytest.raises(NotFoundError, match="no picture"):
            parts.pack_reader.of_image(session, "swedish", sha256)


def test_the_service_tells_what_is_printed(parts):
    client = signed_in(create_app(parts), TokenStore(parts.sessions).create("cleo", "analyst"))
    url = client.get("/v1/products/mistaken").get_json()["images"][0]["url"]

    printed = client.get(f"{url}/clues").get_json()

    assert printed["claimed"] == ["BR"]
    assert printed["doubt"].endswith("the catalog says Brazil.")
    assert printed["markets"][0]["country"] == "SE"
    assert {clue["kind"] for clue in printed["clues"]} >= {"recycling"}
    assert client.get(f"{url[:-1]}x/clues").status_code == 404


def test_the_command_lists_packs_and_sources_that_contradict(parts):
    parts.ingester.create_product(
        ProductFields(
            "torn",
            name="torn milk",
            claims=(ClaimFields("SE", "one\nFAKE\trow"), ClaimFields("NO", "another")),
        )
    )
    parts.ingester.add_image("torn", png("green"), "torn.png")
    folder = str(parts.settings.data)

    printed = CliRunner().invoke(main, ["--data", folder, "doubts"])
    document = CliRunner().invoke(main, ["--data", folder, "doubts", "--json"])

    assert printed.exit_code == document.exit_code == 0
    rows = [line.split("\t") for line in printed.stdout.splitlines()]
    assert [row[:2] for row in rows] == [["mistaken", "mistaken.png"], ["torn", ""]]
    assert rows[1][2] == "Sources disagree on its market: another: NO; one FAKE row: SE."
    found = json.loads(document.stdout)["doubts"]
    assert [each["product"] for each in found] == ["mistaken", "torn"]
    assert found[0]["filename"] == "mistaken.png"
