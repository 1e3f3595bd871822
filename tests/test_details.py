"""Details beside the look: keypoints, words and codes decide where colours cannot."""

import io

import pytest
from PIL import Image

from engine.catalog.database import open_database
from engine.catalog.demo import generate
from engine.catalog.demo.products import product_at
from engine.catalog.models import ImageDetails
from engine.catalog.store import CatalogStore
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.embed.local.keypoints import REFERENCE_POINTS, Keypoints
from engine.embed.text.reader import RapidReader
from engine.embed.text.stored import unpack_words
from engine.fusion import FusionModel, KnownModel
from engine.look import DetailChannels
from engine.search import Searcher
from engine.settings import Settings
from engine.wiring import build_parts, open_extractor
from tests.fakes import MeanColourEncoder

N_PRODUCTS = 8
WEIGHTS = {"embedding": 1.0, "inliers": 1.5, "words": 0.5, "structure": 2.0, "code": 10.0}
MODEL = FusionModel(WEIGHTS, {"": KnownModel(WEIGHTS, 6.0)})


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Eight made-up products, compared by colour and by details."""
    folder = tmp_path_factory.mktemp("details")
    made = generate(folder, products=N_PRODUCTS, seed=7, crops=1)
    settings = Settings(data=folder / "data")
    database = open_database(settings.database_path)
    extractor = DetailExtractor(RapidReader(read_others=lambda _image: []))
    built = build_parts(settings, database, MeanColourEncoder(), extractor)
    built.ingester.import_manifest(made.manifest)
    yield built
    database.dispose()


@pytest.fixture(scope="module")
def searcher(parts):
    channels = parts.searcher._channels
    assert isinstance(channels, DetailChannels)
    return Searcher(parts.encoder, parts.index, parts.sessions, MODEL, 0.2, channels)


def tilted_and_grey(parts, key):
    """A reference picture without its colours, turned and smaller: a crop of the product."""
    with parts.sessions() as session:
        image = CatalogStore(session).product(key).images[0]
        picture = Image.open(parts.files.path(image.sha256))
    grey = picture.convert("L").convert("RGB")
    turned = grey.rotate(12, Image.Resampling.BICUBIC, expand=True, fillcolor="#888888")
    buffer = io.BytesIO()
    turned.resize((turned.width * 3 // 4, turned.height * 3 // 4)).save(buffer, "JPEG", quality=70)
    return crop_from_bytes(f"{key}.jpg", buffer.getvalue())


def test_details_of_every_reference_are_stored_within_their_bounds(parts):
    with parts.sessions() as session:
        rows = session.query(ImageDetails).all()

    assert {row.version for row in rows} == {parts.extractor.version}
    assert max(len(row.keypoints) for row in rows) <= 40_000
    assert max(len(row.words) for row in rows) <= 3_072
    assert max(len(Keypoints.from_bytes(row.keypoints)) for row in rows) <= REFERENCE_POINTS
    assert any(unpack_words(row.words) for row in rows)


@pytest.mark.parametrize("number", range(0, N_PRODUCTS, 2))
def test_a_crop_without_its_colours_is_found_by_its_details(parts, searcher, number):
    key = product_at(7, number).id

    result = searcher.search([tilted_and_grey(parts, key)]).results[0]

    first = result.candidates[0]
    inliers = [e.inliers for e in first.evidence if e.kind == "keypoints"]
    assert first.product.id == key
    assert inliers[0] >= 20


def test_words_that_were_read_are_named_as_evidence(parts, searcher):
    matched = []
    for number in range(N_PRODUCTS):
        crop = tilted_and_grey(parts, product_at(7, number).id)
        first = searcher.search([crop]).results[0].candidates[0]
        matched += [e.matched for e in first.evidence if e.kind == "text"]

    assert len(matched) >= 2
    assert all(words and all(isinstance(word, str) for word in words) for words in matched)


def test_a_barcode_that_reads_is_decisive(parts, searcher):
    """The back of a pack shows its code."""
    found = []
    for number in range(N_PRODUCTS):
        key = product_at(7, number).id
        with parts.sessions() as session:
            images = CatalogStore(session).product(key).images
            paths = [parts.files.path(image.sha256) for image in images[1:]]
        for path in paths:
            result = searcher.search([crop_from_bytes("back.jpg", path.read_bytes())]).results[0]
            first = result.candidates[0]
            if any(e.kind == "code" for e in first.evidence):
                found.append((first.product.id == key, first.probability > 0.99))

    assert found
    assert all(is_right and is_sure for is_right, is_sure in found)


def test_the_same_crop_gives_the_same_answer_twice(parts, searcher):
    crop = tilted_and_grey(parts, product_at(7, 0).id)

    assert searcher.search([crop]).results == searcher.search([crop]).results


def test_reindexing_finds_details_that_are_missing(parts):
    with parts.sessions.begin() as session:
        for row in session.query(ImageDetails).limit(2):
            session.delete(row)

    report = parts.ingester.reindex(parts.encoder)

    with parts.sessions() as session:
        version = parts.extractor.version
        missing = CatalogStore(session).count_unseen_images(parts.encoder.fingerprint, version)
    assert missing == 0
    assert report.images_embedded == 2


@pytest.fixture(scope="module")
def unread(parts):
    """The same catalog, opened by an engine that reads no words in crops."""
    reader = RapidReader(read_others=lambda _image: [])
    extractor = DetailExtractor(reader, reads_crops=False)
    return build_parts(parts.settings, parts.database, parts.encoder, extractor)


def test_without_ocr_no_word_of_a_crop_speaks_and_the_answer_says_so(parts, unread):
    crops = [tilted_and_grey(parts, product_at(7, number).id) for number in range(4)]

    read, not_read = parts.searcher.search(crops), unread.searcher.search(crops)

    for result in not_read.results:
        kinds = {each.kind for candidate in result.candidates for each in candidate.evidence}
        assert "keypoints" in kinds
        assert "text" not in kinds
        assert (result.quality.sure_words, result.quality.legibility) == (None, None)
        assert result.quality.hindrance != "no words"
    assert any(
        each.kind == "text"
        for result in read.results
        for candidate in result.candidates
        for each in candidate.evidence
    )
    assert (read.ocr.is_on, not_read.ocr.is_on) == (True, False)


def test_without_ocr_reference_images_are_read_and_keep_their_details(parts, unread):
    with parts.sessions() as session:
        store = CatalogStore(session)
        image = store.product(product_at(7, 0).id).images[0]
        stored = store.details_of([image.id], unread.extractor.version)[image.id]
        fingerprint, version = unread.encoder.fingerprint, unread.extractor.version
        assert store.count_unseen_images(fingerprint, version) == 0
    picture = Image.open(parts.files.path(image.sha256)).convert("RGB")

    assert unread.extractor.of_reference(picture).words == stored.words
    assert unread.extractor.of_crop(picture).words == []


def test_a_fit_to_crops_that_were_not_read_is_kept_apart(parts, unread):
    assert unread.calibration_key != parts.calibration_key


@pytest.mark.parametrize(("value", "reads"), [("0", False), ("1", True)])
def test_ocr_is_a_setting(value, reads, monkeypatch):
    monkeypatch.setenv("ENGINE_OCR", value)

    assert open_extractor(Settings()).reads_crops is reads


@pytest.mark.parametrize(
    ("size", "colour"),
    [((1, 1), "red"), ((3000, 1), "blue"), ((2, 4000), "white"), ((7, 5), "green")],
)
def test_a_crop_without_any_detail_is_weighed_by_its_look_alone(searcher, size, colour):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")

    result = searcher.search([crop_from_bytes("plain.png", buffer.getvalue())], limit=100).results[
        0
    ]

    kinds = {each.kind for candidate in result.candidates for each in candidate.evidence}
    total = sum(candidate.probability for candidate in result.candidates) + result.unknown
    assert kinds == {"embedding"}
    assert total == pytest.approx(1.0, abs=1e-4)
