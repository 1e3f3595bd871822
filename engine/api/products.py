"""Products of the catalog: listed, shown, added, changed and deleted."""

from typing import Any
from urllib.parse import quote

from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from engine.api.context import parts
from engine.api.fields import Categories, Count, Input, Markets
from engine.api.problems import describe
from engine.api.routes import Answer, Routes, needs
from engine.api.schemas import NewProduct, ProductChanges, ProductPage, ProductView
from engine.api.tokens import Role
from engine.catalog.filters import check_categories
from engine.catalog.models import Product
from engine.catalog.store import CatalogStore
from engine.catalog.textsearch import search_products

routes = Routes(
    "products",
    __name__,
    abp_tags=[Tag(name="products", description="What the catalog holds.")],
    abp_security=[{"token": []}],
    abp_responses=describe(401, 403, 422, 429, 503),
)


MAX_FOUND = 1000
"""Products that a text finds at most: nobody reads on after so many."""


class ProductPath(BaseModel):
    """A product by its id, percent-encoded as any part of a path."""

    id: str = Field(description="the product's id")


class ProductQuery(Input):
    """Filters, and which part of the list to show."""

    q: str = Field(default="", max_length=500, description="words, a brand or a barcode number")
    category: Categories = Field(default=[])
    market: Markets = Field(default=[])
    limit: Count = Field(default=20)
    offset: int = Field(default=0, ge=0, le=10_000_000)


@routes.get("/v1/products", operation_id="listProducts", responses={200: ProductPage})
@needs(Role.ANALYST)
def list_products(query: ProductQuery) -> dict[str, Any]:
    """List products in the order of their ids; with `q`, those that match it, best first."""
    find = find_by_text if query.q else find_by_id
    with parts().sessions() as session:
        check_categories(session, query.category)
        products, total = find(session, query)
        page = ProductPage(
            products=[ProductView.of(product) for product in products],
            total=total,
            limit=query.limit,
            offset=query.offset,
        )
    return page.model_dump(mode="json")


@routes.post(
    "/v1/products",
    operation_id="addProduct",
    responses={201: ProductView, **describe(400, 409, 413, 415)},
)
@needs(Role.CURATOR)
def add_product(body: NewProduct) -> Answer:
    """Add a product; its reference images follow one by one."""
    parts().ingester.create_product(body.to_fields(body.id))
    return show(body.id), 201, {"Location": f"/v1/products/{quote(body.id, safe='')}"}


@routes.get(
    "/v1/products/<id>", operation_id="showProduct", responses={200: ProductView, **describe(404)}
)
@needs(Role.ANALYST)
def show_product(path: ProductPath) -> dict[str, Any]:
    """Show a product with its images and market claims."""
    return show(path.id)


@routes.patch(
    "/v1/products/<id>",
    operation_id="changeProduct",
    responses={200: ProductView, **describe(400, 404, 413, 415)},
)
@needs(Role.CURATOR)
def change_product(path: ProductPath, body: ProductChanges) -> dict[str, Any]:
    """Change the fields that are given."""
    parts().ingester.update_product(path.id, body.to_fields(path.id))
    return show(path.id)


@routes.delete(
    "/v1/products/<id>", operation_id="deleteProduct", responses={204: None, **describe(404)}
)
@needs(Role.CURATOR)
def delete_product(path: ProductPath) -> Answer:
    """Delete a product with its images."""
    parts().ingester.delete_product(path.id)
    return "", 204, {}


def show(key: str) -> dict[str, Any]:
    """Return a product as answers show it."""
    with parts().sessions() as session:
        return ProductView.of(CatalogStore(session).product(key)).model_dump(mode="json")


def find_by_id(session: Session, query: ProductQuery) -> tuple[list[Product], int]:
    """Return a page of the products that pass the filters, and how many do."""
    store = CatalogStore(session)
    page = store.products_page(query.category, query.market, limit=query.limit, offset=query.offset)
    return page, store.count_products(query.category, query.market)


def find_by_text(session: Session, query: ProductQuery) -> tuple[list[Product], int]:
    """Return a page of the products that match the text, best first, and how many do."""
    hits = search_products(
        session, query.q, limit=MAX_FOUND, categories=query.category, markets=query.market
    )
    page = hits[query.offset : query.offset + query.limit]
    return [hit.product for hit in page], len(hits)
