import gzip
from datetime import date

import pytest

from engine.catalog.lines import BadRow
from engine.catalog.openfoodfacts import Dump
from engine.errors import ManifestError
from engine.markets.facts import Fact
from tests.catalog.openfoodfacts.conftest import CODE, FOLDER, gtin

GOOD = [
    *("openfoodfacts-7310865004703", "openfoodfacts-3274080005003", "openfoodfacts-4006381333931"),
    *("openfoodfacts-5000159461122", "openfoodfacts-7312345678909", "openfoodfacts-8711000000120"),
    *("openfoodfacts-7622210449283", "openfoodfacts-0034000470693", "openbeautyfacts-40123455"),
    *("openfoodfacts-2000000123455", "openfoodfacts-8437000000013"),
    "openpetfoodfacts-5900000000015",
]


def split(rows):
    """Return the ids of the good rows, and line and reason of the bad ones."""
    bad = [(row.line, row.reason) for row in rows if isinstance(row, BadRow)]
    return [row.id for row in rows if not isinstance(row, BadRow)], bad


def test_the_entries_of_the_sample_are_rows_and_the_others_are_counted_or_bad(read):
    rows, dump = read(path=FOLDER / "sample.jsonl")

    ids, bad = split(rows)
    assert ids == GOOD
    assert [line for line, _ in bad] == [6, 13, 17]
    assert "is not JSON" in bad[0][1]
    assert "its check digit is 6" in bad[1][1]
    assert "not a JSON object" in bad[2][1]
    assert dump.skipped == {"no name": 1, "duplicate": 1}
    assert dump.unresolved == dict.fromkeys(
        ("en:world", "en:european-union", "en:yugoslavia", "en:sv", "fr:dom-tom"), 1
    )


def test_an_entry_says_what_the_thing_is_and_its_four_kinds_of_fact(read):
    row = read(path=FOLDER / "sample.jsonl")[0][0]

    assert (row.line, row.id, row.name) == (1, f"openfoodfacts-{CODE}", "Havredryck Ekologisk")
    assert (row.brand, row.category, row.gtin) == ("Havre", "packaging", (CODE,))
    assert row.description == (
        "Organic oat drink; Dryck av havre; 1 l; beverages; milk substitutes; oat milks; "
        "Havre Eko; ICA; Willys"
    )
    seen = date(2021, 1, 1)  # the last picture; a program changed the entry in 2024
    assert [
        (claim.kind, claim.value, claim.source, claim.observed_on, claim.observations)
        for claim in row.claims
    ] == [
        (Fact.MARKET, "SE", "openfoodfacts", seen, 15),
        (Fact.MARKET, "NO", "openfoodfacts", seen, 5),
        (Fact.ORIGIN, "SE", "openfoodfacts", seen, 1),
        (Fact.ORIGIN, "SE", "openfoodfacts: origin of ingredients", seen, 1),
        (Fact.LICENCE, "SE", "GS1 prefix 731", None, 1),
        (Fact.LANGUAGE, "sv", "openfoodfacts", seen, 1),
        (Fact.LANGUAGE, "en", "openfoodfacts", seen, 1),
    ]
    assert [claim.value for claim in row.claims if claim.is_weak] == ["SE"]


def test_a_csv_is_separated_by_tabs_with_quotes_and_cells_of_any_length(read):
    rows, dump = read(path=FOLDER / "sample.csv")

    ids, bad = split(rows)
    assert ids == [GOOD[0], GOOD[1], GOOD[-1]]
    assert bad == [
        (4, "the GTIN 00012345 ends in 5, but its check digit is 8: one of its digits is wrong"),
        (5, "the row has 3 cells, the header has 40"),
    ]
    assert rows[0].name == "Havredryck Ekologisk"
    assert [(claim.kind, claim.value) for claim in rows[0].claims] == [
        *[(Fact.MARKET, "SE"), (Fact.MARKET, "NO"), (Fact.ORIGIN, "SE"), (Fact.ORIGIN, "SE")],
        (Fact.LICENCE, "SE"),
    ]
    assert (rows[1].name, rows[1].brand) == ('Eau "de" source', 'Source "Bleue"')
    assert dump.skipped == {"no name": 1}
    assert dump.unresolved == {"world": 1}


@pytest.mark.parametrize("name", ["sample.jsonl", "sample.csv"])
def test_a_gzipped_dump_is_read_as_the_plain_one(read, name, tmp_path):
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress((FOLDER / name).read_bytes()))

    assert read(path=packed)[0] == read(path=FOLDER / name)[0]


def test_a_dump_that_breaks_off_gives_its_rows_and_then_an_error(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    lines = (FOLDER / "sample.jsonl").read_bytes() + b"{}\n" * 100_000
    path.write_bytes(gzip.compress(lines)[:-100])
    rows = Dump(path, keeps_without_images=True).rows()

    assert next(rows).id == GOOD[0]
    with pytest.raises(ManifestError, match="cannot be read to its end"):
        list(rows)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"id,name,images\na,b,c.jpg\n", "its first line lacks code, .* separated by tabs"),
        (b"\xff\xfe\x00", "is no dump"),
        (b"\x1f\x8b\x08\x00", "cannot be read to its end"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_in_words(read, tmp_path, content, reason):
    path = tmp_path / "dump.csv"
    path.write_bytes(content)

    with pytest.raises(ManifestError, match=reason):
        read(path=path)


def test_the_share_that_is_read_goes_from_0_to_1():
    dump = Dump(FOLDER / "sample.csv", keeps_without_images=True)
    rows = dump.rows()

    assert dump.share_read() == 0.0
    next(rows)
    assert 0.0 < dump.share_read() < 1.0
    list(rows)
    assert dump.share_read() == 1.0


def test_the_first_entry_of_a_number_stays_however_many_zeros_are_before_it(read):
    rows, dump = read(
        {"code": "034000470693", "product_name": "Candy"},
        {"code": "34000470693", "product_name": "Candy again"},
        {"code": "0034000470693", "product_name": "Candy once more"},
    )

    assert [(row.name, row.gtin) for row in rows] == [("Candy", ("0034000470693",))]
    assert dump.skipped == {"duplicate": 2}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "the code '' is not a number"),
        ("73108650047０3", "is not a number"),
        ("0000000000000", "has no digit but zeros"),
        ("1" * 15, "has more than 14 digits"),
        ("../../../etc", "is not a number"),
        (["7310865004703"], "the code '' is not a number"),
        (True, "the code '' is not a number"),
    ],
)
def test_a_code_that_is_no_number_is_a_bad_row(read, code, reason):
    ((row,), _) = read({"code": code})

    assert isinstance(row, BadRow)
    assert reason in row.reason


@pytest.mark.parametrize("code", [gtin("200000012345"), gtin("040000012345"), gtin("2067561")])
def test_a_shops_own_number_is_the_products_id_and_no_barcode_to_find_it_by(read, code):
    ((row,), _) = read({"code": code})

    assert row.id == f"openfoodfacts-{code}"
    assert row.gtin == ()
    assert [claim for claim in row.claims if claim.kind is Fact.LICENCE] == []


@pytest.mark.parametrize(
    "values",
    [
        {"countries_tags": {"en:france": 1}, "images": 3, "languages_codes": "fr"},
        {"countries_tags": [None, 4, ["en:france"]], "brands": 7, "popularity_tags": "x" * 100_000},
        {"countries_tags": ["x" * 1_000_000], "created_t": 10**30, "last_image_t": -4},
        {"countries_tags": [], "images": {"selected": {"front": []}, "front_": 1}, "lang": 3},
        {"emb_codes_tags": ["fr-" + "-ec" * 50_000, "emb-" + "1" * 50_000]},
    ],
)
def test_fields_of_any_type_and_length_say_nothing_and_stop_nothing(read, values):
    ((row,), _) = read(values)

    assert row.name == "Soap"
    assert [claim for claim in row.claims if claim.kind is not Fact.LICENCE] == []


def test_texts_of_any_length_are_cut(read):
    ((row,), _) = read(
        {"product_name": "n" * 10**6, "brands": "b" * 10**6, "quantity": "q" * 10**6}
    )

    assert (len(row.name), len(row.brand), len(row.description)) == (200, 200, 1000)


def test_the_project_is_told_by_the_entry_its_address_or_the_files_name(read, tmp_path):
    path = tmp_path / "openbeautyfacts-products.jsonl"
    path.write_text(
        f'{{"code": "{CODE}", "product_name": "Soap"}}\n'
        f'{{"code": "{CODE}", "product_name": "Soap", "product_type": "product"}}\n'
        f'{{"code": "{CODE}", "product_name": "a", "url": "https://se.openfoodfacts.org/produkt"}}\n'
    )

    rows, _ = read(path=path)

    assert [(row.source, row.category) for row in rows] == [
        ("openbeautyfacts", "packaging"),
        ("openproductsfacts", "product"),
        ("openfoodfacts", "packaging"),
    ]
