"""`engine demo --packs`."""

from click.testing import CliRunner

from engine.cli import main
from engine.cli.demo import N_PACKS, _rules_know
from tests.catalog.demo.conftest import read


def test_packs_are_drawn_and_nothing_is_imported(tmp_path):
    result = CliRunner().invoke(main, ["demo", "--packs", "3", "--folder", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "3 labelled crops of packs" in result.stderr
    assert len(read(tmp_path / "packs.csv")) == 3
    assert {"30 countries"} == {
        row["groups"].split("|")[0] for row in read(tmp_path / "queries.csv")
    }
    assert not (tmp_path / "data").exists()


def test_without_a_number_there_are_six_hundred(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(
        "engine.cli.demo._generate_packs", lambda *arguments: asked.append(arguments)
    )

    result = CliRunner().invoke(main, ["demo", "--packs", "--folder", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert asked == [(tmp_path, N_PACKS, 7)]
    assert N_PACKS == 600


def test_no_packs_is_a_usage_error():
    assert CliRunner().invoke(main, ["demo", "--packs", "0"]).exit_code == 2


def test_rules_know_a_text_that_tells_more_than_its_language():
    assert _rules_know("Tel. +46 8 123 456 78")
    assert not _rules_know("Förvaras svalt och torrt")
