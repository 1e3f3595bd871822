import json

import open_clip
import pytest

from engine.embed.models.card import ModelCard
from engine.embed.models.store import ModelStore
from tests.embed.local_hub import serve_hub
from tests.embed.tiny_clip import TINY_CONFIG, save_tiny_clip

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
