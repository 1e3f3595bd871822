import pytest

from engine.bench.filling import Versions, count_references, fill_catalog
from engine.catalog.store import CatalogStore
from engine.errors import InvalidInputError
from engine.evaluation.copies import catalog_copy
from engine.wiring import build_parts, open_catalog


@pytest.fixture
def copied(filled):
    """A copy of the six products, to be filled."""
    parts, _ = filled
    with catalog_copy(parts.settings) as settings, open_catalog(settings) as sessions:
        yield build_parts(settings, sessions.kw["bind"], parts.encoder, parts.extractor)


def fill(parts, size):
    versions = Versions(parts.encoder.fingerprint, parts.extractor.version)
    return fill_catalog(parts.sessions, versions, size)


def test_made_up_references_are_found_by_look_and_details_like_imported_ones(copied):
    n_real = count_references(copied.sessions)

    assert fill(copied, 40) == 40 - n_real

    with copied.sessions() as session:
        store = CatalogStore(session)
        made = store.product("made-up-20")
        (embedding,) = store.embedding_ids_of([made.id], copied.encoder.fingerprint)
        (chunk,) = store.embeddings_since(copied.encoder.fingerprint, -1)
        vector = chunk.vectors[chunk.ids == embedding]
        hits = copied.index.search(session, vector, 40)
        aggregates = copied.channels.details.list(session)
        assert embedding in hits.ids[0][hits.scores[0] > 0.9999]
        assert made.images[0].id in aggregates.image_ids
        assert len(copied.index) == 40
        assert store.count_unseen_images(copied.encoder.fingerprint, copied.extractor.version) == 0


def test_the_copied_catalog_stays_as_it_is(filled, copied):
    own = filled[0]
    before = count_references(own.sessions)

    fill(copied, 40)

    assert count_references(own.sessions) == before


def test_a_catalog_that_is_larger_already_is_refused(copied):
    with pytest.raises(InvalidInputError, match="references already, not 3"):
        fill(copied, 3)


def test_features_of_another_encoder_are_no_models(copied):
    with pytest.raises(InvalidInputError, match="two products"):
        fill_catalog(copied.sessions, Versions("another", copied.extractor.version), 40)
