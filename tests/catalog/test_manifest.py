import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from engine.catalog.lines import BadRow
from engine.catalog.manifest import ManifestRow, QueryRow, read_manifest, read_queries
from engine.catalog.rowfacts import ImageNote, RowClaim
from engine.embed.image import Box
from engine.markets.facts import Fact

HEADER = "id,name,brand,category,description,gtin,markets,images,source,license\n"


@pytest.fixture
def csv_rows(tmp_path):
    def run(*rows, header=HEADER):
        path = tmp_path / "manifest.csv"
        path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return list(read_manifest(path))

    return run


@pytest.fixture
def json_rows(tmp_path):
    def run(*rows):
        path = tmp_path / "manifest.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return list(read_manifest(path))

    return run


@pytest.fixture
def query_rows(tmp_path):
    def run(text, name="queries.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return list(read_queries(path))

    return run


def reason(rows):
    (row,) = rows
    assert isinstance(row, BadRow), row
    return row.reason


def test_a_row_says_everything(csv_rows, tmp_path):
    rows = csv_rows(
        'p 1,"Soap, red",Bravo,packaging,A bar,7310865004703|73108658, SE|no|SE ,'
        "a.jpg|../b.jpg|/c/d.jpg|a.jpg,shop,CC0"
    )

    assert rows == [
        ManifestRow(
            line=2,
            id="p 1",
            name="Soap, red",
            images=(tmp_path / "a.jpg", tmp_path / "../b.jpg", Path("/c/d.jpg")),
            brand="Bravo",
            category="packaging",
            description="A bar",
            gtin=("7310865004703", "73108658"),
            markets=("SE", "NO"),
            source="shop",
            license="CC0",
        )
    ]


def test_json_lines_say_the_same_in_arrays(json_rows, tmp_path):
    rows = json_rows(
        {
            "id": "p",
            "name": "Soap",
            "images": ["a|b.jpg", ""],
            "gtin": ["73108658"],
            "markets": ["se"],
            "family": "soaps",
            "category": "own word",
            "unknown": {"is": "ignored"},
            "claims": [
                {"country": "jp", "image": "a|b.jpg", "observations": 3},
                {"country": "SE", "source": "photo", "observed_on": "2024-05-01"},
                {"kind": "origin", "country": "PL", "is_weak": True},
                {"kind": "language", "language": "PT-br"},
            ],
            "source": "shop",
            "image_notes": [{"image": "a|b.jpg", "filename": "front.jpg", "source": "x"}],
        }
    )

    image = tmp_path / "a|b.jpg"
    assert rows == [
        ManifestRow(
            line=1,
            id="p",
            name="Soap",
            images=(image,),
            category="own word",
            gtin=("73108658",),
            markets=("SE",),
            source="shop",
            family="soaps",
            claims=(
                RowClaim("JP", "shop", None, 3, image),
                RowClaim("SE", "photo", date(2024, 5, 1), 1, None),
                RowClaim("PL", "shop", None, 1, None, Fact.ORIGIN, is_weak=True),
                RowClaim("pt-BR", "shop", None, 1, None, Fact.LANGUAGE),
            ),
            image_notes=(ImageNote(image, "front.jpg", "x"),),
        )
    ]


def test_empty_cells_are_empty_and_absent_columns_say_nothing(csv_rows):
    (full,) = csv_rows("p,Soap,,,,,,a.jpg,,")
    (short,) = csv_rows("p,Soap,a.jpg", header="id,name,images\n")

    assert (full.brand, full.gtin, full.markets, full.license) == ("", (), (), "")
    assert (short.brand, short.gtin, short.markets, short.license) == (None, None, None, None)


@pytest.mark.parametrize("key", [" p ", "p,1", "日本", "🧼", "क्ष\u200dत्र", "..", "x" * 200, "=1+1"])
def test_ids_are_kept_exactly(csv_rows, key):
    (row,) = csv_rows(f'"{key}",Soap,a.jpg', header="id,name,images\n")

    assert row.id == key


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",Soap,,,,,,a.jpg,,", "the id is missing"),
        ("p,,,,,,,a.jpg,,", "the name is missing"),
        ("p,  ,,,,,,a.jpg,,", "the name is missing"),
        ("p,Soap,,,,,,,,", "the images are missing"),
        ("p,Soap,,,,,, | ,,", "the images are missing"),
        ("a/b,Soap,,,,,,a.jpg,,", "the id 'a/b' contains a slash"),
        (f"{'x' * 201},Soap,,,,,,a.jpg,,", "has 201 characters, more than 200"),
        ("a\tb,Soap,,,,,,a.jpg,,", r"the id 'a\tb' contains a character that does not print"),
        ("a\u202eb,Soap,,,,,,a.jpg,,", "does not print"),
        ("p,Soap,,,,,XX,a.jpg,,", "'XX' is no country of ISO 3166-1 alpha-2"),
        ("p,Soap,,,,,SE|UK,a.jpg,,", "the United Kingdom is GB"),
        ("p,Soap,,,,,Sweden,a.jpg,,", "'Sweden' is no country of ISO 3166-1 alpha-2 (write SE f"),
        ("p,Soap,,,,,viet nam,a.jpg,,", "(write VN for Viet Nam)"),
        ("p,Soap,,,,,DEU,a.jpg,,", "(write DE for Germany)"),
        ("p,Soap,,,,,ſe,a.jpg,,", "is no country"),
        ("p,Soap,,,,12345,,a.jpg,,", "'12345' has not 8, 12, 13 or 14 digits"),
        ("p,Soap,,,,7310865004704,,a.jpg,,", "its check digit is 3"),
        ("p,Soap,,,,７３１０８６５８,,a.jpg,,", "has not 8, 12, 13 or 14 digits"),
    ],
)
def test_a_bad_row_says_why(csv_rows, row, words):
    assert words in reason(csv_rows(row))


@pytest.mark.parametrize("gtin", ["73108658", "036000291452", "7310865004703", "17310865004700"])
def test_gtins_of_every_length_are_checked_by_their_last_digit(csv_rows, gtin):
    wrong = gtin[:-1] + str((int(gtin[-1]) + 1) % 10)
    good, bad = csv_rows(f"a,Soap,,,,{gtin},,a.jpg,,", f"b,Soap,,,,{wrong},,a.jpg,,")

    assert good.gtin == (gtin,)
    assert f"its check digit is {gtin[-1]}" in bad.reason


def test_an_id_twice_makes_the_second_row_bad(csv_rows):
    rows = csv_rows("p,Soap,,,,,,a.jpg,,", "P,Soap,,,,,,a.jpg,,", "p,Soap 2,,,,,,b.jpg,,")

    assert [row.id for row in rows[:2]] == ["p", "P"]
    assert rows[2] == BadRow(4, "the id 'p' stands in line 2 already")


def test_an_id_that_stands_in_a_bad_row_already_is_told_so(csv_rows):
    rows = csv_rows("p,,,,,,,a.jpg,,", "p,Soap,,,,,,a.jpg,,", "q,Soap,,,,,,a.jpg,,")

    assert rows[0] == BadRow(2, "the name is missing")
    assert rows[1] == BadRow(
        3, "the id 'p' stands in line 2 already, a bad row too: correct one and delete the other"
    )
    assert rows[2].id == "q"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": 7}, "id must be a string"),
        ({"id": "a\ud800"}, "half of a surrogate pair"),
        ({"name": None}, "the name is missing"),
        ({"brand": "\0"}, "the brand contains a NUL character"),
        ({"images": "a.jpg"}, "images must be an array of strings"),
        ({"images": [["a.jpg"]]}, "images must be an array of strings"),
        ({"images": ["a\0.jpg"]}, "the images contains a NUL character"),
        ({"images": []}, "the images are missing"),
        ({"gtin": [73108658]}, "gtin must be an array of strings"),
        ({"markets": "SE"}, "markets must be an array of strings"),
        ({"category": ["packaging"]}, "category must be a string"),
        ({"claims": {"country": "SE"}}, "claims must be an array of objects"),
        ({"claims": ["SE"]}, "claims must be an array of objects"),
        ({"claims": [{}]}, "'' is no country"),
        ({"claims": [{"country": "SE", "observed_on": "1 May"}]}, "is not YYYY-MM-DD"),
        ({"claims": [{"country": "SE", "observations": 0}]}, "0 is no number of observations"),
        ({"claims": [{"country": "SE", "observations": 2**70}]}, "is no number of observations"),
        ({"claims": [{"country": "SE", "observations": True}]}, "must be a whole number"),
        ({"claims": [{"country": "SE", "image": "b.jpg"}]}, "'b.jpg', which is not among"),
        ({"claims": [{"country": "SE", "observed_on": "9999-01-01"}]}, "lies in the future"),
        ({"claims": [{"country": "SE", "kind": "maker"}]}, "the kind 'maker' is none of market,"),
        ({"claims": [{"country": "SE", "kind": "language"}]}, "'' is no language tag"),
        ({"claims": [{"language": "sv"}]}, "'' is no country"),
        ({"claims": [{"language": "xx", "kind": "language"}]}, "'xx' is no language tag"),
        ({"family": "f" * 201}, "the family has more than 200 characters"),
    ],
)
def test_a_wrong_type_says_what_is_expected(json_rows, fields, words):
    assert words in reason(json_rows({"id": "p", "name": "Soap", "images": ["a.jpg"], **fields}))


def test_a_product_without_pictures_must_say_so(json_rows):
    (row,) = json_rows({"id": "p", "name": "Soap", "images": [], "has_no_images": True})

    assert row.images == ()


def test_a_manifest_of_any_length_takes_little_memory(tmp_path):
    path = tmp_path / "manifest.csv"
    with path.open("w") as file:
        file.write(HEADER)
        file.writelines(f"{n:0200},Soap,,,{'x' * 2000},,SE,{n}.jpg,,\n" for n in range(4000))
    next(read_manifest(path))  # loads the table of countries

    tracemalloc.start()
    n_rows = sum(1 for row in read_manifest(path) if isinstance(row, ManifestRow))
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert n_rows == 4000
    assert peak_bytes < path.stat().st_size / 10


def test_queries_say_what_a_crop_shows(query_rows, tmp_path):
    rows = query_rows(
        "image,product,category,box,market,note\n"
        'a.jpg,p 1,packaging,"1,2,30,40",se,\n'
        "/b.jpg,,,,,blurred\n"
    )

    assert rows == [
        QueryRow(2, tmp_path / "a.jpg", "p 1", "packaging", Box(1, 2, 30, 40), "SE"),
        QueryRow(3, Path("/b.jpg"), ""),
    ]


def test_a_query_may_name_the_brand_of_a_product_that_the_catalog_lacks(query_rows, tmp_path):
    rows = query_rows("image,product,brand\na.jpg,,Havre\n")

    assert rows == [QueryRow(2, tmp_path / "a.jpg", "", brand="Havre")]


def test_a_query_may_name_groups_that_its_crop_belongs_to(query_rows, tmp_path):
    rows = query_rows("image,product,groups\na.jpg,,front|shared pack\nb.jpg,,\n")

    assert rows == [
        QueryRow(2, tmp_path / "a.jpg", "", groups=("front", "shared pack")),
        QueryRow(3, tmp_path / "b.jpg", ""),
    ]


def test_queries_may_be_json_lines(query_rows, tmp_path):
    rows = query_rows('{"image": "a.jpg", "product": "", "box": "0,0,5,5"}\n', "queries.jsonl")

    assert rows == [QueryRow(1, tmp_path / "a.jpg", "", "", Box(0, 0, 5, 5), "")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",p,,,", "the image is missing"),
        ('a.jpg,p,,"1,2,3",', "is not x,y,width,height"),
        ("a.jpg,p,,,XX", "'XX' is no country"),
        ("a.jpg,a/b,,,", "slash"),
    ],
)
def test_a_bad_query_says_why(query_rows, row, words):
    assert words in reason(query_rows(f"image,product,category,box,market\n{row}\n"))


def test_a_query_must_say_its_product_if_only_that_there_is_none(query_rows):
    assert "the product is missing" in reason(query_rows('{"image": "a.jpg"}\n'))
