import json

import pytest
from click.testing import CliRunner

from engine import wiring
from engine.cli import main
from tests.conftest import png
from tests.fakes import MeanColourEncoder


@pytest.fixture
def data(tmp_path):
    """The data folder of the commands of one test."""
    return tmp_path / "data"


@pytest.fixture
def engine(data, monkeypatch):
    """Run a command on the data folder, with the mean-colour encoder."""
    encoder = MeanColourEncoder()
    encoder.has_text = False
    monkeypatch.setattr(wiring, "open_encoder", lambda _settings, _name: encoder)

    def run(*arguments):
        return CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)])

    return run


@pytest.fixture
def manifest(tmp_path):
    """Three paints, a picture each."""
    for colour in ("red", "lime", "blue"):
        (tmp_path / f"{colour}.png").write_bytes(png(colour))
    path = tmp_path / "catalog.csv"
    path.write_text(
        "id,name,brand,category,markets,images\n"
        "red-1,Red paint,Rubra,decor,SE|DK,red.png\n"
        "green-1,Green paint,Verda,decor,FR,lime.png\n"
        "blue-1,Blue paint,Blua,decor,,blue.png\n"
    )
    return path


@pytest.fixture
def queries(tmp_path):
    """A crop of each paint but blue, and two of a paint that is not in the catalog."""
    rows = ["image,product,category"]
    for name, colour, product in (
        ("a", "#f01010", "red-1"),
        ("b", "#10f010", "green-1"),
        ("c", "#808080", ""),
        ("d", "#909080", ""),
    ):
        (tmp_path / f"crop-{name}.png").write_bytes(png(colour))
        rows.append(f"crop-{name}.png,{product},decor")
    path = tmp_path / "queries.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def document(result):
    """Return the JSON document on stdout."""
    return json.loads(result.stdout)
