import pytest

from engine.catalog import lines as lines_module
from engine.catalog.lines import BadRow
from engine.catalog.records import read_records
from engine.errors import ManifestError


@pytest.fixture
def read(tmp_path):
    """Read the bytes of a file as (line, texts of a and b) or (line, reason)."""

    def run(data, suffix=".csv", required=("a",)):
        path = tmp_path / f"records{suffix}"
        path.write_bytes(data)
        return [
            (record.line, record.reason)
            if isinstance(record, BadRow)
            else (record.line, record.text("a"), record.text("b"))
            for record in read_records(path, required)
        ]

    return run


def test_cells_stand_under_their_header_whatever_its_order(read):
    assert read(b"b,a,c\n1,2,3\n") == [(2, "2", "1")]


def test_a_byte_order_mark_windows_line_ends_and_empty_lines_are_tolerated(read):
    assert read(b"\xef\xbb\xbfa,b\r\n\r\n1,2\r\n\n3,4") == [(3, "1", "2"), (5, "3", "4")]


def test_a_quoted_cell_holds_commas_quotes_and_lines(read):
    assert read(b'a,b\n"1,\n""x""",2\n3,4\n') == [(2, '1,\n"x"', "2"), (4, "3", "4")]


def test_a_quote_inside_a_cell_is_a_character(read):
    assert read(b'a,b\n5" pipe,2\n') == [(2, '5" pipe', "2")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1", "the row has 1 cells, the header has 2"),
        (b"1,2,3", "the row has 3 cells, the header has 2"),
        (b"\xff,2", "the line is not UTF-8 (byte 1 is 0xff); save the file as UTF-8"),
        (b"1,\0", "the line contains a NUL byte"),
        (b'"1"x,2', "broken quoting: ',' expected after '\"'"),
        (b'1,"2', "broken quoting: ',' expected after '\"'"),
        (b'1,"2"x', "broken quoting: ',' expected after '\"'"),
    ],
)
def test_a_broken_row_hides_none_of_the_others(read, row, reason):
    data = b"a,b\n0,0\n" + row + b'\n"3",4\n5,6\n'

    assert read(data) == [(2, "0", "0"), (3, reason), (4, "3", "4"), (5, "5", "6")]


def test_a_quote_that_is_never_closed_hides_none_of_the_others(read):
    rows = "".join(f"{number},x\n" for number in range(1000))

    found = read(b'a,b\n"never,closed\n' + rows.encode())

    assert found[0] == (2, "a quote is opened and not closed")
    assert found[1:] == [(number + 3, str(number), "x") for number in range(1000)]


def test_a_broken_line_inside_a_quoted_cell_is_told_of_at_both_places(read):
    assert read(b'a,b\n"1\n\xff",2\n3,4\n') == [
        (2, "the line is not UTF-8 (byte 1 is 0xff); save the file as UTF-8"),
        (3, "the line is not UTF-8 (byte 1 is 0xff); save the file as UTF-8"),
        (4, "3", "4"),
    ]


def test_a_cell_of_a_megabyte_is_read(read):
    text = "x" * (1 << 20)

    assert read(f"a,b\n{text},2\n".encode()) == [(2, text, "2")]


def test_a_line_or_record_beyond_all_reason_is_bad_and_not_held(read, monkeypatch):
    monkeypatch.setattr(lines_module, "MAX_RECORD_BYTES", 100)
    monkeypatch.setattr("engine.catalog.csvlines.MAX_RECORD_BYTES", 100)

    assert read(b"a,b\n" + b"x" * 350 + b",2\n3,4\n") == [
        (2, "the line is longer than 100 bytes"),
        (3, "3", "4"),
    ]
    assert read(b'a,b\n"' + b"x\n" * 60 + b"3,4\n")[0] == (2, "a quote is opened and not closed")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"b,c\n1,2\n", "lacks the column a$"),
        (b"a;b\n1;2\n", "the separator must be a comma"),
        (b"a,b,a\n", "the column a twice"),
        (b"\xff\xfea\0,\0b\0", "is UTF-16; save it as UTF-8"),
        (b"a,\xe5\n1,2\n", "the header, line 1, cannot be read: the line is not UTF-8.*save the"),
        (b' [{"a": 1}]', "one JSON array; write one object a line"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(read, data, words):
    with pytest.raises(ManifestError, match=words):
        read(data)


def test_unknown_and_empty_columns_are_ignored(read):
    assert read(b"a,b,zzz,\n1,2,3,4\n") == [(2, "1", "2")]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt"])
def test_json_lines_are_known_by_their_first_character(read, suffix):
    data = b'\xef\xbb\xbf\n{"a": "1", "b": "2"}\n\n{"a": null}\n'

    assert read(data, suffix) == [(2, "1", "2"), (4, None, None)]


def test_an_empty_json_lines_file_has_no_records(read):
    assert read(b"", ".jsonl") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_a_broken_object_hides_none_of_the_others(read, line, words):
    found = read(b'{"a": "0"}\n' + line + b'\n{"a": "2"}\n', ".jsonl")

    assert (found[0], found[2]) == ((1, "0", None), (3, "2", None))
    assert found[1][0] == 2
    assert words in found[1][1]


@pytest.mark.parametrize("name", ["gone.csv", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(ManifestError, match="cannot be read"):
        list(read_records(tmp_path / name, ()))
