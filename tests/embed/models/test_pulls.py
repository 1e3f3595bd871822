"""Pulls from a hub that stands on this machine."""

import hashlib
import json
import shutil

import pytest
from huggingface_hub import constants

from engine.embed.models.card import read_card
from engine.errors import ModelError, NetworkError
from tests.embed.local_hub import COMMIT
from tests.embed.models.conftest import COMPACT, CONFIG, WEIGHTS, hidden_and_visible
from tests.embed.tiny_clip import TINY_CONFIG

pytestmark = pytest.mark.usefixtures("one_thread")


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
