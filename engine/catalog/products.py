"""Queries of products, their barcode numbers and families."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from engine.catalog.claims import apply_claims
from engine.catalog.embeddings import EmbeddingQueries
from engine.catalog.fields import ProductFields, gtin_forms
from engine.catalog.filters import chunks, filtered
from engine.catalog.models import Claim, Family, Gtin, Product, ReferenceImage, now
from engine.errors import InvalidInputError, NotFoundError
from engine.markets.facts import Fact

TEXTS = ("name", "brand", "category", "description", "source", "license")

WHOLE = (
    joinedload(Product.family),
    selectinload(Product.gtins),
    selectinload(Product.images),
    selectinload(Product.claims).joinedload(Claim.image),
)
"""A product with all that belongs to it, in a fixed number of queries."""


class ProductQueries(EmbeddingQueries):
    """Queries of products; the caller owns the transaction."""

    def find_product(self, key: str) -> Product | None:
        """Return the product with this id, if there is one."""
        return self._session.scalar(select(Product).where(Product.key == key).options(*WHOLE))

    def product(self, key: str) -> Product:
        """Return the product with this id.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        product = self.find_product(key)
        if product is None:
            raise NotFoundError(f"no product has the id {key!r}; ids are compared exactly")
        return product

    def products_by_key(self, keys: Iterable[str]) -> dict[str, Product]:
        """Return those of the products that exist."""
        found: dict[str, Product] = {}
        for some in chunks(list(keys)):
            query = select(Product).where(Product.key.in_(some)).options(*WHOLE)
            found.update((product.key, product) for product in self._session.scalars(query))
        return found

    def products_page(
        self,
        categories: Sequence[str] = (),
        markets: Sequence[str] = (),
        *,
        limit: int,
        offset: int = 0,
    ) -> list[Product]:
        """Return a page of the products in the order of their ids."""
        query = select(Product).order_by(Product.key).limit(limit).offset(offset).options(*WHOLE)
        return list(self._session.scalars(filtered(query, categories, markets)))

    def all_products(self, page_size: int = 200) -> Iterator[Product]:
        """Yield every product, in the order in which they were added, read in pages."""
        query, last = select(Product).order_by(Product.id).limit(page_size).options(*WHOLE), 0
        while page := self._session.scalars(query.where(Product.id > last)).all():
            yield from page
            last = page[-1].id

    def count_products(self, categories: Sequence[str] = (), markets: Sequence[str] = ()) -> int:
        """Count the products; several values of one filter mean OR, two filters AND."""
        query = filtered(select(func.count(Product.id)), categories, markets)
        return self._session.scalars(query).one()

    def products_with_gtins(self, gtins: Sequence[str]) -> list[int]:
        """Return the numbers of the products with one of these 14-digit barcode numbers."""
        forms = {form for gtin in gtins for form in gtin_forms(gtin)}
        if not forms:
            return []
        query = select(Gtin.product_id).where(Gtin.gtin.in_(forms)).order_by(Gtin.product_id)
        return list(dict.fromkeys(self._session.scalars(query)))

    def product_keys(self) -> set[str]:
        """Return the ids of all products."""
        return set(self._session.scalars(select(Product.key)))

    def newest_observation(self) -> date | None:
        """Return the newest date of any claim: the day by which claims age."""
        return self._session.scalar(select(func.max(Claim.observed_on)))

    def market_countries(self) -> set[str]:
        """Return the countries where somebody saw any product sold."""
        query = select(Claim.value).where(Claim.kind == Fact.MARKET).distinct()
        return set(self._session.scalars(query))

    def brand_names(self) -> list[tuple[str, str]]:
        """Return brand and name of every product."""
        rows = self._session.execute(select(Product.brand, Product.name))
        return [(brand, name) for brand, name in rows]

    def brand_sales(self) -> list[tuple[str, str, int]]:
        """Return how many products of each brand somebody saw sold in each country."""
        query = (
            select(Product.brand, Claim.value, func.count(Product.id.distinct()))
            .join(Claim, Claim.product_id == Product.id)
            .where(Claim.kind == Fact.MARKET, Product.brand != "")
            .group_by(Product.brand, Claim.value)
        )
        rows = self._session.execute(query)
        return [(brand, country, count) for brand, country, count in rows]

    def families(self) -> dict[str, list[str]]:
        """Return the ids of the products of each family of siblings."""
        members: dict[str, list[str]] = {}
        query = select(Family.key, Product.key).join(Family.products)
        for family, product in self._session.execute(query.order_by(Family.key, Product.key)):
            members.setdefault(family, []).append(product)
        return members

    def upsert_product(self, fields: ProductFields) -> tuple[Product, bool]:
        """Make or change a product as the fields say; tell whether anything changed."""
        return self.write_product(self.find_product(fields.key), fields)

    def write_product(self, product: Product | None, fields: ProductFields) -> tuple[Product, bool]:
        """Write the fields to a product that was looked up before, or to a new one."""
        is_new = product is None
        if product is None:
            product = self._new_product(fields)
        changes = [self._set_texts(product, fields), self._set_gtins(product, fields.gtins)]
        if fields.family is not None:
            changes.append(self._set_family(product, fields.family))
        changes.append(apply_claims(product, fields.markets, fields.claims))
        if any(changes) and not is_new:
            self.mark_changed(product)
        return product, is_new or any(changes)

    def mark_changed(self, product: Product) -> None:
        """Date a change of the product or of something that belongs to it."""
        self.touch()
        product.updated_at = now()

    def delete_product(self, key: str) -> None:
        """Delete a product with its pictures, claims and embeddings.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        product = self.product(key)
        images = select(ReferenceImage.id).where(ReferenceImage.product_id == product.id)
        self.note_removed(images)
        self._session.execute(delete(Product).where(Product.id == product.id))
        self._drop_if_empty(product.family)

    def _new_product(self, fields: ProductFields) -> Product:
        if not fields.name:
            raise InvalidInputError(f"the new product {fields.key!r} has no name")
        self.touch()
        empty = dict.fromkeys(TEXTS, "")
        product = Product(key=fields.key, **empty, gtins=[], images=[], claims=[], family=None)
        self._session.add(product)
        return product

    def _set_texts(self, product: Product, fields: ProductFields) -> bool:
        said = {name: getattr(fields, name) for name in TEXTS}
        changes = {
            name: value
            for name, value in said.items()
            if value is not None and value != getattr(product, name)
        }
        for name, value in changes.items():
            setattr(product, name, value)
        return bool(changes)

    def _set_gtins(self, product: Product, gtins: Sequence[str] | None) -> bool:
        present = [row.gtin for row in product.gtins]
        if gtins is None or sorted(gtins) == sorted(present):
            return False
        for row in [row for row in product.gtins if row.gtin not in gtins]:
            product.gtins.remove(row)
        product.gtins.extend(Gtin(gtin=gtin) for gtin in gtins if gtin not in present)
        return True

    def _set_family(self, product: Product, key: str) -> bool:
        old = product.family
        if key == (old.key if old else ""):
            return False
        product.family = self._family(key) if key else None
        self._session.flush()
        self._drop_if_empty(old)
        return True

    def _family(self, key: str) -> Family:
        """Return the family with this id, made if it is new."""
        family = self._session.scalar(select(Family).where(Family.key == key))
        if family is None:
            family = Family(key=key)
            self._session.add(family)
        return family

    def _drop_if_empty(self, family: Family | None) -> None:
        if family is not None:
            has_products = exists().where(Product.family_id == family.id)
            self._session.execute(delete(Family).where(Family.id == family.id, ~has_products))
