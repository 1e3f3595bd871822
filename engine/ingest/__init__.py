"""A manifest in, rows and vectors out; and the same for one product or picture at a time."""

from engine.ingest.events import (
    BadImage,
    ImageFailed,
    ImportBegan,
    ImportEvent,
    ImportReport,
    ProductDone,
    Progress,
    ReindexReport,
    RowFailed,
)
from engine.ingest.ingester import UPLOAD, Ingester

__all__ = [
    "UPLOAD",
    "BadImage",
    "ImageFailed",
    "ImportBegan",
    "ImportEvent",
    "ImportReport",
    "Ingester",
    "ProductDone",
    "Progress",
    "ReindexReport",
    "RowFailed",
]
