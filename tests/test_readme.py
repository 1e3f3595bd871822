"""The README's commands and snippets, run as a reader would run them, in their order."""

import gzip
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.catalog.demo.products import product_at

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^## (.+)$", README, re.MULTILINE)
RUN_BY_CI = {"make demo", "make test"}
DUMP = ROOT / "tests" / "catalog" / "openfoodfacts" / "good.jsonl"
NEEDS_A_HUB = "engine model pull"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands():
    """Return the commands of all shell blocks, without their comments."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [shlex.join(shlex.split(line, comments=True)) for line in lines if line.strip()]


class Reader:
    """Types the README's commands in a folder where the demo was made."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.folder = folder
        self.server = None
        self.environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HF_ENDPOINT": f"http://127.0.0.1:{self.port}",  # nobody listens: no network
        }

    def type(self, command):
        command = command.replace("8080", self.port).replace(
            "'Authorization: Bearer $TOKEN'", '"Authorization: Bearer $TOKEN"'
        )
        if " serve" in command:
            self.start_server(command)
            return ""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if "token create" in command:
            self.environment["TOKEN"] = done.stdout.strip()
        return done.stdout

    def start_server(self, command):
        self.server = subprocess.Popen(
            shlex.split(command),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert f"http://127.0.0.1:{self.port}" in self.server.stdout.readline()

    def stop(self):
        if self.server is not None:
            self.server.terminate()
            self.server.communicate(timeout=60)
            assert self.server.returncode == 0


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    reader = Reader(tmp_path_factory.mktemp("reader"))
    reader.type("engine demo --folder demo --products 24")
    dump = gzip.compress(DUMP.read_bytes())
    (reader.folder / "openfoodfacts-products.jsonl.gz").write_bytes(dump)
    front = reader.folder / "mirror" / "731" / "086" / "500" / "4703" / "front_sv.3.400.jpg"
    front.parent.mkdir(parents=True)
    shutil.copy(next((reader.folder / "demo" / "crops").iterdir()), front)
    yield reader
    reader.stop()


@pytest.fixture(scope="module")
def printed(reader):
    """What each command of the README printed."""
    typed = [c for c in commands() if c not in RUN_BY_CI]
    offline = typed.index(next(c for c in typed if c.startswith(NEEDS_A_HUB)))
    return {command: reader.type(command) for command in typed[:offline]}


def answers(printed, start):
    return [json.loads(text) for command, text in printed.items() if start in command]


def test_the_commands_that_ci_runs_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()

    for command in RUN_BY_CI | {"make serve"}:
        assert command in README
        assert f"\n{command.removeprefix('make ')}: " in makefile
    assert "make lint test demo" in (ROOT / ".ci/run").read_text()


def test_the_pages_that_it_links_to_exist():
    links = re.findall(r"\]\((docs/[^)#]+)\)", README)

    assert len(links) >= 3
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_sections_that_it_links_to_exist():
    sections = {re.sub(r"[^a-z ]", "", line.lower()).strip() for line in HEADINGS}

    links = re.findall(r"\]\(#([^)]+)\)", README)
    assert len(links) >= 8
    assert {link.replace("-", " ") for link in links} <= sections


def test_the_sample_answer_is_of_the_demo_and_of_the_present_layout(printed):
    (sample,) = blocks("text")
    table = next(text for command, text in printed.items() if command.endswith("q000000.jpg"))

    assert all(word in sample for word in product_at(7, 6).name.split())
    for heading in ("# ┃ product", "┃ country", "not in the catalog", "Crop: ", "undetermined"):
        assert heading in sample
        assert heading in table


def test_searches_name_a_product(printed):
    (table,) = [
        text
        for command, text in printed.items()
        if command.endswith("q000000.jpg") and "curl" not in command
    ]

    assert "not in the catalog" in table
    assert "Market countries" in table


def test_an_export_imports_to_the_same_products(printed):
    first, second = (
        text.splitlines()
        for command, text in printed.items()
        if " import " in command and "--format" not in command
    )

    assert len(first) == 24
    assert sorted(first) == sorted(second)


def test_a_dump_is_imported_without_and_then_with_pictures(printed):
    without, with_pictures = (
        text.splitlines() for command, text in printed.items() if "--format" in command
    )

    assert without == ["added\topenfoodfacts-7310865004703", "added\topenfoodfacts-3274080005003"]
    assert with_pictures == ["updated\topenfoodfacts-7310865004703"]


def test_curl_gets_a_result_for_each_crop(printed):
    one, boxed, three = answers(printed, "v1/search")
    (products,) = answers(printed, "v1/products")

    assert [len(answer["results"]) for answer in (one, boxed, three)] == [1, 1, 3]
    assert len(boxed["results"][0]["candidates"]) == 3
    assert set(products) >= {"products", "total"}


def test_evaluation_compares_two_encoders(printed):
    (report,) = answers(printed, "--baseline")

    names = [evaluation["model"]["name"] for evaluation in report["evaluations"]]
    assert names == ["compact", "compact-naive"]


def test_an_evaluation_is_written_as_a_page(reader, printed):
    (table,) = [text for command, text in printed.items() if "--html report.html" in command]

    assert "brand struck" in table
    assert "black bar over 25 %" in table
    assert 'id="mistakes"' in (reader.folder / "report.html").read_text(encoding="utf-8")
    assert (reader.folder / "demo/data/quality_hits.json").exists()


def test_a_pull_without_network_says_so(reader, printed):
    command = next(c for c in commands() if c.startswith(NEEDS_A_HUB))

    done = subprocess.run(
        shlex.split(command),
        cwd=reader.folder,
        env=reader.environment | {"ENGINE_DATA": str(reader.folder / "copy")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "hub" in done.stderr


def test_python_snippets_run_as_they_stand(reader, printed):
    for snippet in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", snippet],
            cwd=reader.folder,
            env=reader.environment,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
        assert "not in the catalog" in done.stdout
