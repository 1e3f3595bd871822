"""Parts of queries: the filters of a search, and lists too long for one statement."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select

from engine.catalog.models import Claim, Product
from engine.markets.facts import Fact

Value = TypeVar("Value")
Query = TypeVar("Query", bound=Select[Any])

MAX_VALUES = 500
"""Values in one `IN (...)`; older SQLite allows 999 variables in a statement."""


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
