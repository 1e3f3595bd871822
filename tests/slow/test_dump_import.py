import time
from pathlib import Path

import pytest

from engine.catalog.openfoodfacts import Dump
from engine.ingest import ProductDone
from tests.ingest.conftest import database, empty_catalog, encoder, files, ingester, sessions
from tests.slow.off_dump import write_dump

__all__ = ["database", "empty_catalog", "encoder", "files", "ingester", "sessions"]  # fixtures

pytestmark = pytest.mark.slow

N_ROWS = 100_000
PAGE_BYTES = 4096


def resident_mb():
    """Return what this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES / 1e6


def test_a_hundred_thousand_products_are_imported_in_flat_memory(
    ingester, tmp_path, record_property
):
    path = tmp_path / "dump.jsonl"
    write_dump(path, N_ROWS)
    memory_mb = {}

    def tell(event):
        assert isinstance(event, ProductDone)
        if event.progress.done in {10_000, 50_000, N_ROWS}:
            memory_mb[event.progress.done] = resident_mb()

    begin, began = time.process_time(), time.monotonic()
    report = ingester.import_dump(Dump(path, keeps_without_images=True), tell)
    per_cpu_second = N_ROWS / (time.process_time() - begin)

    record_property("rows_a_second", round(N_ROWS / (time.monotonic() - began)))
    record_property("rows_a_cpu_second", round(per_cpu_second))
    record_property("memory_mb", memory_mb)
    assert (report.products_added, report.bad_rows, report.skipped) == (N_ROWS, [], {})
    assert memory_mb[N_ROWS] - memory_mb[10_000] < 20
    assert per_cpu_second > 700
