import pytest

from engine.catalog.filters import N_CATEGORIES_NAMED, check_categories
from engine.errors import InvalidInputError


@pytest.fixture
def refuse(sessions):
    """Return what a filter by these categories is refused with."""

    def refuse(*categories):
        with sessions() as session, pytest.raises(InvalidInputError) as refused:
            check_categories(session, categories)
        return str(refused.value)

    return refuse


def test_an_unknown_category_is_refused_and_the_known_ones_named_the_largest_first(add, refuse):
    for key, category in (("a", "print"), ("b", "packaging"), ("c", "packaging"), ("d", "")):
        add(key, category=category)

    message = "'packagin' is no category of this catalog; it has 'packaging' and 'print'"
    assert refuse("packagin") == message
    assert refuse("print", "packagin") == message


def test_known_categories_pass(add, sessions):
    add("a", category="print")

    with sessions() as session:
        check_categories(session, ["print"])
        check_categories(session, [])


def test_an_empty_catalog_takes_any_category(sessions):
    with sessions() as session:
        check_categories(session, ["packaging"])


def test_a_catalog_without_categories_says_so(add, refuse):
    add("a")

    assert refuse("print").endswith("none of its products has one: leave the filter out")


def test_of_many_categories_some_are_named(add, refuse):
    for number in range(N_CATEGORIES_NAMED + 3):
        add(f"p{number}", category=f"c{number:02}")

    assert refuse("print").endswith(f"'c{N_CATEGORIES_NAMED - 1:02}' and 3 more")


def test_a_long_category_is_cut_in_the_message(add, refuse):
    add("a", category="print")

    assert len(refuse("x" * 100_000)) < 200
