"""Each notebook runs from top to bottom, and says what it should."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def run(name):
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def printed(notebook):
    return "".join(
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stdout"
    )


def pictures(notebook):
    return [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "display_data" and "image/png" in output.data
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the kernel's, not ours
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_quickstart_imports_searches_and_draws(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    notebook = run("01-quickstart.ipynb")

    assert "40 products, " in printed(notebook)
    assert printed(notebook).count("in truth") == 16
    assert len(pictures(notebook)) == 2


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the kernel's, not ours
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_recognition_is_measured_and_one_crop_explained(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    notebook = run("02-recognition.ipynb")

    told = printed(notebook)
    assert "12 crops, 3 of products that the catalog lacks" in told
    assert "calibration_error" in told
    assert "struck        9 crops: AUROC" in told
    assert len(pictures(notebook)) == 2  # the channels, and the crop beside its candidate


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the kernel's, not ours
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_markets_are_followed_from_the_clues_to_the_countries(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    notebook = run("03-markets.ipynb")

    told = printed(notebook)
    sums = re.findall(r": ([0-9.]+(?: \+ [0-9.]+)*) = [0-9.]+, printed ([0-9.]+)", told)
    assert len(sums) == 6  # the two likeliest countries of three crops
    for parts, probability in sums:
        assert sum(map(float, parts.split(" + "))) == pytest.approx(float(probability), abs=1e-9)
    assert re.search(r"language +language +reliability 0\.\d\d  'Afwasmiddel.* NL ", told)
    assert "(bought in NL): discriminating\n  Points to Netherlands" in told
    assert "ruled out: Poland, allowed by the origin PL" in told
    assert "region: Britain and Ireland" in told
    assert "(bought in BE): discriminating\n  Points to Belgium" in told
    assert "Carries weight: without it" in told
    assert len(pictures(notebook)) == 4  # the clues' places, the parts, the maps, the scene


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_kept_without_output_and_define_nothing(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert not any(line.startswith(("def ", "class ")) for line in cell.source.splitlines())
