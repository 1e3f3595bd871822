"""Whoever asks again gets the same document, as evidence that is checked later must.

Each search is a process of its own, as after a restart, with the encoder and the details that ship.
"""

import json
import os
import subprocess
import sys

import pytest

from engine.catalog.demo import generate

N_CROPS = 3


class CommandLine:
    """Runs `engine` on one data folder, each command in a new process."""

    def __init__(self, data):
        self.data = data

    def run(self, *arguments, threads):
        names = ("ENGINE_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, str(threads))
        command = [sys.executable, "-m", "engine", "--data", self.data, *arguments]
        done = subprocess.run(
            [*map(str, command)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def search(self, crops, *, threads):
        document = json.loads(self.run("search", "--json", *crops, threads=threads))
        assert document.pop("elapsed_ms")["total"] > 0
        return document


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Eight made-up products, imported, and crops of three of them."""
    folder = tmp_path_factory.mktemp("repeatable")
    demo = generate(folder, products=8, seed=7, crops=6)
    line = CommandLine(folder / "data")
    line.run("import", demo.manifest, threads=1)
    return line, sorted((folder / "crops").iterdir())[:N_CROPS]


@pytest.fixture(scope="module")
def first(made):
    """The answer of one thread."""
    line, crops = made
    return line.search(crops, threads=1)


def test_an_answer_worth_repeating_weighs_looks_and_details(first):
    kinds = {
        evidence["kind"]
        for result in first["results"]
        for candidate in result["candidates"]
        for evidence in candidate["evidence"]
    }

    assert len(first["results"]) == N_CROPS
    assert {"embedding", "keypoints", "text", "close"} <= kinds
    assert any(0.01 < result["unknown"] < 0.99 for result in first["results"])


def test_the_same_crop_catalog_and_model_give_the_same_document_after_a_restart(made, first):
    line, crops = made

    assert line.search(crops, threads=1) == first


def test_the_same_crop_catalog_and_model_give_the_same_document_at_any_thread_count(made, first):
    line, crops = made

    assert line.search(crops, threads=2) == first
