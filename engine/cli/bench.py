"""`engine bench`: what the engine finds and costs in catalogs larger than the one at hand."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.labelled import QUERIES
from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.bench.candidates import CandidateReport, SoughtCrop
    from engine.settings import Settings
    from engine.wiring import Parts


@click.group()
def bench() -> None:
    """Measure in a catalog that made-up references fill up; yours stays as it is."""


@bench.command()
@QUERIES
@click.option(
    "--references",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="Reference images of the filled catalog.",
)
@click.option(
    "--sample",
    "every",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Search each N-th crop only, in the order of their products.",
)
@click.option("--seed", type=int, default=0, help="Of what is made up.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def candidates(
    read_settings: ReadSettings,
    queries: Path,
    references: int,
    every: int,
    seed: int,
    as_json: bool,
) -> None:
    """Measure how often each channel finds the product of each crop of QUERIES.

    First in the catalog as it is, then in a copy of it that is filled up to many references.
    Crops and their products are real; the other references have made-up vectors, visual words and
    words. Takes about 10 KB of memory, and as much disk, for each reference.
    """
    from engine.cli.bench_tables import print_candidates
    from engine.cli.output import print_json

    reports = _measure(read_settings(), queries, references, every, seed)
    if as_json:
        print_json({"candidates": reports})
    else:
        print_candidates(reports)


def _measure(
    settings: "Settings", queries: Path, references: int, every: int, seed: int
) -> "list[CandidateReport]":
    from engine.bench.candidates import extractor_of
    from engine.bench.filling import Versions, check_size, fill_catalog
    from engine.cli.output import progress_bar
    from engine.evaluation.copies import catalog_copy
    from engine.wiring import open_engine

    with catalog_copy(settings) as copy, open_engine(copy) as parts:
        versions = Versions(parts.encoder.fingerprint, extractor_of(parts).version)
        check_size(parts.sessions, references)  # before minutes of reading
        crops = _read_crops(parts, queries, every)
        reports = [_measure_one(parts, crops, 0)]
        with progress_bar("Making up", "references") as progress:
            task = progress.add_task("", total=None)
            made_up = fill_catalog(
                parts.sessions,
                versions,
                references,
                seed,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
        return [*reports, _measure_one(parts, crops, made_up)]


def _read_crops(parts: "Parts", queries: Path, every: int) -> "list[SoughtCrop]":
    from engine.bench.candidates import read_sought
    from engine.cli.output import progress_bar

    with progress_bar("Reading", "crops") as progress:
        task = progress.add_task("", total=None)
        return read_sought(
            parts,
            queries,
            every,
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _measure_one(parts: "Parts", crops: "list[SoughtCrop]", made_up: int) -> "CandidateReport":
    from engine.bench.candidates import measure_candidates
    from engine.cli.output import progress_bar

    with progress_bar("Searching", "crops") as progress:
        task = progress.add_task("", total=None)
        return measure_candidates(
            parts,
            crops,
            made_up,
            lambda done, total: progress.update(task, completed=done, total=total),
        )
