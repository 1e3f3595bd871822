"""The models folder, and pulls from a hub that stands on this machine."""

import hashlib
import json
import shutil
import subprocess
import sys

import numpy as np
import open_clip
import pytest
from huggingface_hub import constants

from engine.embed.models.card import ModelCard, read_card
from engine.embed.models.store import ModelStore
from engine.errors import ConflictError, ModelError, NetworkError
from tests.embed.hostile import draw_picture
from tests.embed.local_hub import COMMIT, serve_hub
from tests.embed.tiny_clip import TINY_CONFIG, save_tiny_clip

pytestmark = pytest.mark.usefixtures("one_thread")
COMPACT = ModelCard("compact", "built in", "Apache-2.0", is_builtin=True)
WEIGHTS = "open_clip_model.safetensors"
CONFIG = "open_clip_config.json"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Config and checkpoint of the small model."""
    return save_tiny_clip(tmp_path_factory.mktemp("tiny"), seed=0)


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path / "models", [COMPACT])


@pytest.fixture
def stored(store, tiny):
    """A store that holds the small model as `tiny`."""
    store.add_local("tiny", *tiny, licence="MIT")
    return store


@pytest.fixture
def hub(tiny, monkeypatch):
    """A hub with the small model in `acme/tiny`, which the registry knows as Tiny, seed0."""
    _, checkpoint = tiny
    content = {"model_cfg": TINY_CONFIG, "preprocess_cfg": {"mean": [0.5, 0.5, 0.5]}}
    settings = {"hf_hub": "acme/tiny/", "std": (0.5, 0.5, 0.5), "resize_mode": "squash"}
    monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, "Tiny", TINY_CONFIG)
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "Tiny", {"seed0": settings})
    with serve_hub() as hub:
        hub.repositories["acme/tiny"] = {
            CONFIG: json.dumps(content).encode(),
            WEIGHTS: checkpoint.read_bytes(),
        }
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub


def hidden_and_visible(store):
    return sorted(path.name for path in store.folder.iterdir())


# --- the folder ------------------------------------------------------------------------------


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


# --- pulls -----------------------------------------------------------------------------------


def test_a_model_of_the_registry_is_pulled_pinned_and_loaded(store, hub, tiny):
    seen = []

    card = store.pull("Tiny", "seed0", lambda name, size_bytes: seen.append((name, size_bytes)))

    assert card == store.get("Tiny/seed0") == store.get("Tiny")
    assert (card.licence, card.source) == ("mit", f"hub: acme/tiny at {COMMIT}")
    assert card.files[WEIGHTS] == hashlib.sha256(tiny[1].read_bytes()).hexdigest()
    assert seen == [(WEIGHTS, tiny[1].stat().st_size)]
    assert hidden_and_visible(store) == ["Tiny--seed0"]
    preprocess = json.loads((store.folder / "Tiny--seed0" / CONFIG).read_text())["preprocess_cfg"]
    assert (preprocess["resize_mode"], preprocess["std"]) == ("squash", [0.5, 0.5, 0.5])
    assert store.load("Tiny").encode_texts(["a kettle"]).shape == (1, 32)


def test_the_only_checkpoint_of_a_model_need_not_be_named(store, hub):
    assert store.pull("Tiny").name == "Tiny/seed0"


def test_a_repository_of_the_hub_is_pulled_by_its_name(store, hub):
    card = store.pull("hf-hub:acme/tiny")

    assert card.name == "hf-hub:acme/tiny"
    assert set(card.files) == {CONFIG, WEIGHTS}
    assert store.load("hf-hub:acme/tiny").dim == 32


def test_a_pull_asks_the_hub_and_nobody_else_and_is_offline_afterwards(store, hub):
    store.pull("Tiny")

    assert {line.split()[1].split("/resolve")[0] for line in hub.requests} == {
        "acme/tiny",
        "api/models/acme/tiny",
    }
    assert constants.HF_HUB_OFFLINE


def test_a_second_pull_asks_for_nothing(store, hub):
    card = store.pull("Tiny")
    hub.requests.clear()

    assert store.pull("Tiny") == card
    assert hub.requests == []


def test_a_pull_over_a_damaged_model_says_so(store, hub):
    store.pull("Tiny")
    (store.folder / "Tiny--seed0" / WEIGHTS).write_bytes(b"rotten")

    with pytest.raises(ModelError, match="damaged"):
        store.pull("Tiny")


def test_a_tokenizer_is_pulled_from_its_own_repository(store, hub):
    text_config = {**TINY_CONFIG["text_cfg"], "hf_tokenizer_name": "acme/words"}
    content = {"model_cfg": {**TINY_CONFIG, "text_cfg": text_config}}
    hub.repositories["acme/tiny"][CONFIG] = json.dumps(content).encode()
    hub.repositories["acme/words"] = {
        "tokenizer.json": b"{}",
        "tokenizer_config.json": b"{}",
        "README.md": b"# Words",
    }

    card = store.pull("hf-hub:acme/tiny")

    assert set(card.files) == {CONFIG, WEIGHTS, "tokenizer.json", "tokenizer_config.json"}


def test_weights_of_the_older_form_are_pulled_where_there_are_no_safe_ones(store, hub, tiny):
    import io

    import torch
    from safetensors.torch import load_file

    buffer = io.BytesIO()
    torch.save(load_file(tiny[1]), buffer)
    del hub.repositories["acme/tiny"][WEIGHTS]
    hub.repositories["acme/tiny"]["open_clip_pytorch_model.bin"] = buffer.getvalue()

    store.pull("Tiny")

    assert store.load("Tiny").dim == 32


def test_small_files_are_checked_by_the_hash_of_git(store, hub):
    data = hub.repositories["acme/tiny"][CONFIG]
    git_hash = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()

    hub.etags[CONFIG] = git_hash
    assert store.pull("hf-hub:acme/tiny")

    shutil.rmtree(store.folder)
    hub.etags[CONFIG] = git_hash[::-1]
    with pytest.raises(ModelError, match=f"{CONFIG} of acme/tiny arrived with another hash"):
        store.pull("hf-hub:acme/tiny")


def test_what_arrives_with_another_hash_is_refused_and_not_kept(store, hub):
    hub.etags[WEIGHTS] = "0" * 64

    with pytest.raises(ModelError, match=r"another hash.*0000.*pull it again"):
        store.pull("Tiny")

    assert store.list() == [COMPACT]
    assert not list(store.folder.rglob(WEIGHTS))


def test_an_interrupted_pull_shows_no_model_and_goes_on_where_it_stopped(store, hub):
    def interrupt(name, size_bytes):
        if name == WEIGHTS:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.pull("hf-hub:acme/tiny", progress=interrupt)
    assert store.list() == [COMPACT]
    assert hidden_and_visible(store) == [".hf-hub--acme--tiny.partial"]
    hub.requests.clear()

    store.pull("hf-hub:acme/tiny")

    fetched = [line for line in hub.requests if line.startswith("GET acme/tiny")]
    assert [line.rpartition("/")[2] for line in fetched] == [WEIGHTS]
    assert hidden_and_visible(store) == ["hf-hub--acme--tiny"]


def test_a_broken_connection_is_taken_up_again(store, hub):
    hub.cut_after[WEIGHTS] = 100_000

    store.pull("Tiny")

    assert sum(line.startswith("GET") and WEIGHTS in line for line in hub.requests) == 2
    assert store.load("Tiny").dim == 32


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_without_a_network_the_error_says_what_to_do(store, hub, monkeypatch, endpoint):
    monkeypatch.setenv("HF_ENDPOINT", endpoint)

    with pytest.raises(NetworkError, match=r"could not be reached.*copy its folder"):
        store.pull("Tiny")

    assert store.list() == [COMPACT]
    assert hidden_and_visible(store) == []
    assert constants.HF_HUB_OFFLINE


def test_a_repository_that_does_not_exist_is_no_matter_of_the_network(store, hub):
    with pytest.raises(ModelError, match="no repository acme/none") as caught:
        store.pull("hf-hub:acme/none")
    assert caught.type is ModelError

    with pytest.raises(ModelError, match="is no name of a hub repository"):
        store.pull("hf-hub:../../etc/passwd/..")


def test_a_repository_without_weights_is_named(store, hub):
    del hub.repositories["acme/tiny"][WEIGHTS]

    with pytest.raises(ModelError, match=f"acme/tiny has no {WEIGHTS} or"):
        store.pull("Tiny")


def test_a_name_that_the_registry_lacks_is_told_with_those_close_to_it(store):
    with pytest.raises(ModelError, match=r"'ViT-B-23'; close to it: .*ViT-B-32"):
        store.pull("ViT-B-23", "laion2b_s34b_b79k")


def test_a_card_without_a_licence_says_none(store, hub):
    hub.licence = None

    assert store.pull("Tiny").licence is None
    assert read_card(store.folder / "Tiny--seed0").licence is None


def test_a_mirror_that_serves_files_alone_will_do(store, hub):
    hub.has_cards = False

    assert store.pull("Tiny").licence is None
