"""The models folder."""

import hashlib
import json
import shutil
import subprocess
import sys

import numpy as np
import open_clip
import pytest

from engine.embed.models.store import ModelStore
from engine.errors import ConflictError, ModelError
from tests.embed.hostile import draw_picture
from tests.embed.models.conftest import COMPACT, CONFIG, WEIGHTS, hidden_and_visible
from tests.embed.tiny_clip import TINY_CONFIG, save_tiny_clip

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_missing_folder_holds_the_built_in_models_alone(store):
    assert store.list() == [COMPACT]
    assert store.get("compact") is COMPACT


def test_a_local_model_is_listed_and_loaded(stored, tiny):
    card = stored.get("tiny")
    encoder = stored.load("tiny")

    assert [one.name for one in stored.list()] == ["compact", "tiny"]
    assert (card.licence, card.source) == ("MIT", "local: tiny.safetensors")
    assert card.files[WEIGHTS] == hashlib.sha256(tiny[1].read_bytes()).hexdigest()
    assert (encoder.name, encoder.fingerprint) == ("tiny", card.fingerprint)
    assert encoder.encode_images([draw_picture()]).shape == (1, 32)
    assert encoder.encode_texts(["a kettle"]).shape == (1, 32)


def test_a_model_may_be_named_by_the_registry(store, tiny, monkeypatch):
    monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, "Tiny", TINY_CONFIG)

    store.add_local("mine", "Tiny", tiny[1])

    assert store.load("mine").dim == 32


def test_a_folder_may_be_copied_to_another_machine(stored, tmp_path):
    shutil.copytree(stored.folder, tmp_path / "other")
    other = ModelStore(tmp_path / "other")

    assert other.get("tiny") == stored.get("tiny")
    np.testing.assert_array_equal(
        other.load("tiny").encode_images([draw_picture()]),
        stored.load("tiny").encode_images([draw_picture()]),
    )


def test_other_weights_or_preprocessing_have_another_fingerprint(store, tiny, tmp_path):
    other_weights = save_tiny_clip(tmp_path / "other", seed=1)
    squashed = tmp_path / "squashed.json"
    content = {"model_cfg": TINY_CONFIG, "preprocess_cfg": {"resize_mode": "squash"}}
    squashed.write_text(json.dumps(content))

    cards = [
        store.add_local("one", *tiny),
        store.add_local("again", *tiny),
        store.add_local("two", *other_weights),
        store.add_local("three", squashed, tiny[1]),
    ]

    assert cards[0].fingerprint == cards[1].fingerprint
    assert len({card.fingerprint for card in cards}) == 3


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG])
def test_a_file_that_changed_is_named_and_not_loaded(stored, name):
    path = stored.folder / "tiny" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    with pytest.raises(ModelError, match=rf"tiny is damaged: {name}"):
        stored.load("tiny")


def test_a_file_that_was_slipped_in_or_is_missing_is_named(stored):
    folder = stored.folder / "tiny"
    (folder / "open_clip_model.bin").write_bytes(b"other weights")
    with pytest.raises(ModelError, match=r"open_clip_model\.bin"):
        stored.load("tiny")

    (folder / "open_clip_model.bin").unlink()
    (folder / WEIGHTS).unlink()
    with pytest.raises(ModelError, match=WEIGHTS):
        stored.load("tiny")


@pytest.mark.parametrize("text", ["", "[]", '{"name": 1}', '{"weights": "model"}'])
def test_a_card_that_is_none_is_named(stored, text):
    (stored.folder / "tiny" / "model.json").write_text(text)

    with pytest.raises(ModelError, match="no card of a model"):
        stored.list()


def test_a_name_that_is_taken_is_refused(stored, tiny):
    for name in ("tiny", "compact"):
        with pytest.raises(ConflictError, match=name):
            stored.add_local(name, *tiny)


@pytest.mark.parametrize("name", ["", "..", "../../etc", "/", ".hidden", "a\0b", "CON/x"])
def test_a_name_never_leaves_the_folder(store, tiny, name):
    try:
        store.add_local(name, *tiny)
    except ModelError:
        return

    card = next(store.folder.rglob("model.json"))
    assert card.parent.parent == store.folder
    assert store.load(name).dim == 32


def test_a_checkpoint_that_does_not_fit_leaves_nothing_behind(store, tiny, tmp_path):
    config = tmp_path / "config.json"
    config.write_text(json.dumps({**TINY_CONFIG, "embed_dim": 48}))

    with pytest.raises(ModelError, match="does not load"):
        store.add_local("misfit", config, tiny[1])

    assert hidden_and_visible(store) == []


def test_what_is_no_config_or_no_checkpoint_is_named(store, tiny, tmp_path):
    text = tmp_path / "text.json"
    text.write_text('{"embed_dim": 3}')

    with pytest.raises(ModelError, match=r"text.json is no model config.*vision_cfg"):
        store.add_local("x", text, tiny[1])
    with pytest.raises(ModelError, match="knows no model 'Tinny'"):
        store.add_local("x", "Tinny", tiny[1])
    with pytest.raises(ModelError, match="could not be copied"):
        store.add_local("x", tiny[0], tmp_path / "missing.safetensors")


def test_a_model_that_needs_a_tokenizer_asks_for_its_folder(store, tiny, tmp_path):
    config = tmp_path / "config.json"
    text_config = {**TINY_CONFIG["text_cfg"], "hf_tokenizer_name": "acme/words"}
    config.write_text(json.dumps({**TINY_CONFIG, "text_cfg": text_config}))
    words = tmp_path / "words"
    words.mkdir()
    (words / "tokenizer.json").write_text("{}")
    (words / "notes.txt").write_text("not part of it")

    with pytest.raises(ModelError, match="needs a tokenizer"):
        store.add_local("words", config, tiny[1])
    card = store.add_local("words", config, tiny[1], tokenizer=words)

    assert set(card.files) == {CONFIG, WEIGHTS, "tokenizer.json"}


def test_an_unknown_name_is_told_with_those_that_exist(stored):
    with pytest.raises(ModelError, match=r"no model 'tinny' on this machine; there is tiny"):
        stored.get("tinny")
    with pytest.raises(ModelError, match="built in"):
        stored.load("compact")


def test_models_are_listed_without_importing_torch(stored):
    code = (
        "import sys; from pathlib import Path; from engine.embed.models.store import ModelStore; "
        f"ModelStore(Path({str(stored.folder)!r})).list(); print('torch' in sys.modules)"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout == "False\n"
