import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.catalog.textsearch import search_products
from tests.catalog.shelf import database, milk, shelf

__all__ = ["database", "milk", "shelf"]  # fixtures


def test_words_are_found_in_any_order_and_any_column(milk):
    assert milk.find("vanilla OAT bravo") == ["m1"]
    assert milk.find("bar oatly") == ["m2"]
    assert milk.find("m3") == ["m3"]


def test_all_words_are_needed(milk):
    assert milk.find("vanilla chocolate") == []


def test_the_last_word_may_be_a_beginning(milk):
    assert milk.find("oat vani") == ["m1"]
    assert milk.find("v") == ["m1"]


def test_name_and_brand_weigh_more_than_the_description(milk):
    milk.add("m4", "Bar of soap", description="milk " * 3)

    assert milk.find("milk")[0] == "m2"
    assert milk.find("lux soap") == ["m3"]


def test_whole_words_come_before_parts_of_words(shelf):
    shelf.add("part", "Buttermilk")
    shelf.add("word", "Something else", description="contains milk")

    assert shelf.find("milk") == ["word", "part"]


def test_no_more_than_the_limit_is_found(milk):
    assert milk.find("oat", limit=2) == milk.find("oat")[:2]
    assert milk.find("oat", limit=0) == []
    assert milk.find("oat", limit=-3) == []


def test_hits_carry_the_whole_product(shelf):
    shelf.add("p1", "Kefir", brand="Valio", gtins=["4006381333931"], markets=["FI"])

    with shelf.sessions() as session:
        [hit] = search_products(session, "kefir", 1)

    assert hit.product.brand == "Valio"
    assert [row.gtin for row in hit.product.gtins] == ["4006381333931"]
    assert hit.product.markets == ["FI"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Crème brûlée", "creme brulee"),
        ("Creme brulee", "crème brûlée"),
        ("Cre\u0300me", "crème"),  # decomposed in the catalog, composed in the query
        ("Crème", "cre\u0300me"),
        ("Żółty ser", "zolty SER"),
        ("Smørrebrød", "smorrebrod"),
        ("Straße", "strasse"),
        ("Strasse", "straße"),
        ("Bánh phồng tôm", "banh phong"),
        ("Đường", "duong"),
        ("ÅÄÖ", "aao"),
        ("Молоко топлёное", "топлёное молоко"),
        ("МОЛОКО", "молок"),
        ("Γάλα πρόβειο", "ΓΑΛΑ ΠΡΟΒΕΙΟ"),
        ("ΕΛΛΗΝΙΚΟΣ ΚΑΦΕΣ", "ελληνικός καφές"),
        ("Сгущёнка", "сгущенка"),
        ("हिन्दी चाय", "चाय हिन्दी"),
        ("หอมมะลิ", "หอม"),
        ("شاي أخضر", "أخضر"),
        ("תה ירוק", "ירוק תה"),
        ("우유 초콜릿", "초콜"),
    ],
)
def test_words_are_found_in_their_script_without_their_accents(shelf, name, query):
    shelf.add("p1", name)
    shelf.add("p2", "another")

    assert shelf.find(query) == ["p1"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("雀巢牛奶巧克力", "牛奶巧"),
        ("雀巢牛奶巧克力", "牛奶"),
        ("雀巢牛奶巧克力", "奶"),
        ("雀巢牛奶巧克力", "巧克力 牛奶"),
        ("明治おいしい牛乳", "おいしい"),
        ("カップヌードル", "ヌードル"),
        ("ข้าวหอมมะลิ", "หอมมะลิ"),
        ("ข้าวหอมมะลิ", "มะ"),
        ("초코우유", "우유"),
        ("Vollkornbrot", "korn"),
        ("Kaffeemühle", "mühle"),
        ("Model XK7-200b", "k7"),
    ],
)
def test_parts_of_words_are_found_in_scripts_with_and_without_spaces(shelf, name, query):
    shelf.add("p1", name)
    shelf.add("p2", "另一个 another อื่น")

    assert shelf.find(query) == ["p1"]


def test_a_short_part_in_the_name_comes_before_one_in_the_description(shelf):
    shelf.add("said", "糖果", description="含牛奶")
    shelf.add("named", "纯牛奶")

    assert shelf.find("牛奶") == ["named", "said"]


@pytest.mark.parametrize(
    "query",
    [
        "4006381333931",
        " 4006381333931 ",
        "4 006381 333931",
        "4-006381-333931",
        "04006381333931",
        "４００６３８１３３３９３１",
        "400638133",
        "04006381333",
    ],
)
def test_a_barcode_number_is_found_however_it_is_written(shelf, query):
    shelf.add("p1", "Pen", gtins=["4006381333931"])
    shelf.add("p2", "Other pen", gtins=["4006381333948"])

    if len(query) < 13:  # a beginning
        assert shelf.find(query) == ["p1", "p2"]
    else:
        assert shelf.find(query) == ["p1"]


@pytest.mark.parametrize("stored", ["042100005264", "0042100005264", "00042100005264"])
@pytest.mark.parametrize("query", ["042100005264", "0042100005264", "42100005264", "04252614"])
def test_upc_and_ean_forms_are_one_number(shelf, stored, query):
    shelf.add("p1", "Cereal", gtins=[stored])

    assert shelf.find(query) == ["p1"]
    assert shelf.scores(query)["p1"] == 3.0


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("01245714", "012100004574"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234565", "012345000065"),
        ("01234598", "012345000098"),
    ],
)
def test_a_short_upc_finds_the_number_that_it_stands_for(shelf, short, full):
    shelf.add("p1", "Cereal", gtins=[full])

    assert shelf.find(short) == ["p1"]


def test_a_number_among_words_is_found_with_or_without_zeros(shelf):
    shelf.add("p1", "Pen", gtins=["04006381333931"])

    assert shelf.find("pen 4006381333931") == ["p1"]
    assert shelf.find("004006381333931 pen") == ["p1"]


def test_a_number_comes_before_a_text_that_mentions_it(shelf):
    shelf.add("talk", "Refill", description="fits 4006381333931")
    shelf.add("pen", "Pen", gtins=["4006381333931"])

    assert shelf.find("4006381333931") == ["pen", "talk"]


def test_filters_keep_products_of_a_category_and_a_market(shelf):
    shelf.add("a", "Tea", category="packaging", markets=["SE", "NO"])
    shelf.add("b", "Tea", category="decor", markets=["SE"])
    shelf.add("c", "Tea", category="packaging")

    assert shelf.find("tea") == ["a", "b", "c"]
    assert shelf.find("tea", categories=["packaging"]) == ["a", "c"]
    assert shelf.find("tea", markets=["NO", "DK"]) == ["a"]
    assert shelf.find("tea", categories=["decor", "print"], markets=["SE"]) == ["b"]
    assert shelf.find("茶", markets=["SE"]) == []


HOSTILE = [
    "",
    " \t\n",
    "!!!",
    "-",
    "\0",
    "a\0b",
    '"',
    '"""',
    "'",
    "AND",
    "OR NOT",
    "NEAR(",
    "a NEAR/2 b",
    "name:oat",
    "{name brand}: oat",
    "^oat",
    "oat*",
    "*",
    "oat -milk",
    "(oat",
    "oat) OR 1=1 --",
    "%",
    "_",
    "50%",
    "\\",
    "\ud800",
    "\udcff\ud800x",
    "\u202eoat",
    "\ufeff",
    "🥛",
    "🇸🇪",
    "0",
    "00000000",
    "0000000000000",
    "9" * 400,
    "1e999",
    "x" * 10_000,
    "word " * 2000,
    '"' * 10_000,
    "牛" * 10_000,
    " ".join(map(str, range(2000))),
    "².½Ⅷ",
    "٣٤٥٦٧٨٩٠",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_no_error(milk, query):
    milk.find(query)


@pytest.mark.parametrize("query", ["", "!!!", "\0", '"', "%", "_", "\ud800", "*"])
def test_text_without_letters_and_digits_finds_nothing(milk, query):
    assert milk.find(query) == []


@pytest.mark.parametrize("query", ['"oat"', "oat*", "^oat", "(oat", "o\u200bat", "oat\0"])
def test_signs_of_a_query_language_are_only_gaps(milk, query):
    assert "m1" in milk.find(query)


def test_operators_are_ordinary_words(shelf):
    shelf.add("p1", "Salt and pepper")
    shelf.add("p2", "Salt")

    assert shelf.find("salt AND pepper") == ["p1"]
    assert shelf.find("pepper NOT salt") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40), name=st.text(min_size=1, max_size=20))
def test_any_text_is_searched_without_error(milk, query, name):
    milk.find(query)
    milk.find(name + query, limit=2, categories=[query.encode("utf-8", "ignore").decode()])
