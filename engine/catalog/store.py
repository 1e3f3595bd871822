"""All queries of the catalog in one hand."""

from engine.catalog.bulk import BulkQueries
from engine.catalog.images import ImageQueries
from engine.catalog.products import ProductQueries


class CatalogStore(ProductQueries, ImageQueries, BulkQueries):
    """The queries of products, pictures, claims and embeddings in one transaction.

    The store owns the queries and its caller the transaction: nothing is committed here.
    Products and pictures are named by their keys (the id of the manifest, the SHA-256 of the
    bytes); numbers of rows stay inside, but for those of embeddings, which the index holds.
    """
