"""Parts of queries: the filters of a search, and lists too long for one statement."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from engine.catalog.fields import shorten
from engine.catalog.models import Claim, Product
from engine.errors import InvalidInputError
from engine.markets.facts import Fact
from engine.wording import enumerated

Value = TypeVar("Value")
Query = TypeVar("Query", bound=Select[Any])

MAX_VALUES = 500
"""Values in one `IN (...)`; older SQLite allows 999 variables in a statement."""

N_CATEGORIES_NAMED = 20
"""Categories that an error names, the largest ones; curators may have invented hundreds."""


def check_categories(session: Session, categories: Sequence[str]) -> None:
    """Refuse a filter by a category that the catalog lacks: it would hide every product.

    Raises
    ------
    InvalidInputError
        If no product is of one of them, with the categories that there are. An empty catalog
        has none to name and takes any.
    """
    unknown = [category for category in categories if not _is_known(session, category)]
    if unknown and session.scalar(select(exists(select(Product.id)))):
        raise InvalidInputError(
            f"{shorten(unknown[0])} is no category of this catalog; {_known_in_words(session)}"
        )


def _is_known(session: Session, category: str) -> bool:
    return bool(session.scalar(select(exists().where(Product.category == category))))


def _known_in_words(session: Session) -> str:
    count = func.count(Product.id)
    query = (
        select(Product.category)
        .where(Product.category != "")
        .group_by(Product.category)
        .order_by(count.desc(), Product.category)
    )
    known = [shorten(category) for category in session.scalars(query)]
    if not known:
        return "none of its products has one: leave the filter out"
    return f"it has {enumerated(known, N_CATEGORIES_NAMED)}"


def filtered(query: Query, categories: Sequence[str], markets: Sequence[str]) -> Query:
    """Keep products of one of the categories and of one of the markets; none given keeps all."""
    if categories:
        query = query.where(Product.category.in_(categories))
    if markets:
        claimed = select(Claim.product_id).where(
            Claim.kind == Fact.MARKET, Claim.value.in_(markets)
        )
        query = query.where(Product.id.in_(claimed))
    return query


def chunks(values: Sequence[Value], size: int = MAX_VALUES) -> Iterator[Sequence[Value]]:
    """Cut a sequence into pieces that fit one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
