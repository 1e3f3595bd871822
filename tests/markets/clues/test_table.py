from importlib.resources import files

import pytest

from engine.markets.clues import table
from engine.markets.clues.table import read_table, strengths

NAMES = sorted(
    path.name.removesuffix(".csv")
    for path in files("engine.markets.clues").joinpath("tables").iterdir()
    if path.name.endswith(".csv")
)


@pytest.fixture
def read_lines(tmp_path, monkeypatch):
    """Read lines as the table `sums.csv` of a folder of its own."""
    (tmp_path / "tables").mkdir()
    monkeypatch.setattr(table, "files", lambda _package: tmp_path)

    def read(*lines):
        (tmp_path / "tables" / "sums.csv").write_text("\n".join(lines), encoding="utf-8")
        return read_table.__wrapped__("sums")

    return read


def test_weights_become_shares():
    assert strengths("SE:9|FI:1") == {"SE": pytest.approx(0.9), "FI": pytest.approx(0.1)}


def test_countries_without_weights_share_alike():
    assert strengths("NL|BE") == {"NL": 0.5, "BE": 0.5}


@pytest.mark.parametrize("name", NAMES)
def test_each_table_of_the_folder_can_be_read(name):
    assert all(row["source"] for row in read_table(name))


def test_remarks_are_no_rows_and_a_quoted_comma_parts_no_cells(read_lines):
    rows = read_lines("# a remark", "sign,source", "# another", '€,"CLDR, ISO 4217"')

    assert rows == ({"sign": "€", "source": "CLDR, ISO 4217"},)


def test_a_comma_that_is_not_quoted_is_named_with_its_file_and_line(read_lines):
    with pytest.raises(ValueError, match=r"^sums\.csv line 4 has more cells than its header$"):
        read_lines("# a remark", "sign,source", "$,CLDR", "€,CLDR, ISO 4217")


def test_a_row_without_a_source_is_named_with_its_file_and_line(read_lines):
    with pytest.raises(ValueError, match=r"^sums\.csv line 3 has no source$"):
        read_lines("# a remark", "sign,source", "€")
