"""`engine eval`: measure recognition on labelled crops."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.labelled import QUERIES, read_brands
from engine.cli.settings import ReadSettings
from engine.cropkinds import BRAND_STRUCK, STRUCK

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.evaluate import Evaluation
    from engine.evaluation.labelled import LabelledCrop
    from engine.evaluation.mistakes import Mistake, Named
    from engine.evaluation.stress import StressReport
    from engine.evaluation.unknowns import Brands
    from engine.search import Searcher
    from engine.settings import Settings
    from engine.wiring import Parts

PROTOCOLS = {"strike": STRUCK, "brand": BRAND_STRUCK}
"""Words of `--unknown`, and the kinds of unknown crops that they make."""


@dataclass(frozen=True)
class Wishes:
    """What to measure beside the figures that are always there."""

    protocols: tuple[str, ...] = ()
    stresses: bool = False
    stress_every: int = 1
    refits: bool = False
    is_blank: bool = False


@click.command("eval")
@QUERIES
@click.option(
    "--baseline",
    "baselines",
    multiple=True,
    help="Measure this encoder too, on the same pictures, in the same run; repeatable.",
)
@click.option(
    "--unknown",
    "protocols",
    type=click.Choice(list(PROTOCOLS)),
    multiple=True,
    help="Weigh each known crop again as if the catalog lacked its product (strike), or all "
    "products of its brand (brand): figures of unknown crops for a set that has none; repeatable.",
)
@click.option("--stress", "stresses", is_flag=True, help="Search damaged crops too: nine ways.")
@click.option(
    "--stress-sample",
    "stress_every",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Damage each N-th known crop only, in the order of their products.",
)
@click.option("--refit", "refits", is_flag=True, help="Fit the fusion anew without each channel.")
@click.option(
    "--blank",
    "is_blank",
    is_flag=True,
    help="Measure on a copy of the catalog without names, brands, descriptions and GTINs.",
)
@click.option(
    "--save-quality",
    "saves_quality",
    is_flag=True,
    help="Keep how often crops of each quality are recognised, for the answers of searches.",
)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write a report with pictures of the worst mistakes to this file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def evaluate(
    read_settings: ReadSettings,
    queries: Path,
    baselines: tuple[str, ...],
    protocols: tuple[str, ...],
    stresses: bool,
    stress_every: int,
    refits: bool,
    is_blank: bool,
    saves_quality: bool,
    page: Path | None,
    as_json: bool,
) -> None:
    """Measure recognition on the labelled crops of QUERIES, against the present catalog."""
    from engine.cli.output import print_json
    from engine.cli.report import print_evaluations

    if page is not None and not page.parent.is_dir():
        raise click.BadParameter(f"the folder {page.parent} does not exist", param_hint="--html")
    kinds = tuple(PROTOCOLS[word] for word in dict.fromkeys(protocols))
    wishes = Wishes(kinds, stresses, stress_every, refits, is_blank)
    settings = read_settings()
    evaluations = _measure(settings, queries, baselines, wishes, page)
    if saves_quality:
        _save_quality(settings, queries, evaluations[0])
    for row in evaluations[0].bad_rows:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if as_json:
        print_json({"evaluations": evaluations})
    else:
        print_evaluations(evaluations)
    if evaluations[0].bad_rows:
        sys.exit(1)


def _measure(
    settings: "Settings",
    queries: Path,
    baselines: Sequence[str],
    wishes: Wishes,
    page: Path | None,
) -> "list[Evaluation]":
    """Evaluate the encoder in use and the baselines, and write the page while all is open."""
    from engine.baseline import open_baseline

    brands = read_brands(settings)
    with _open_parts(settings, wishes) as parts:
        evaluations = [_evaluate(parts, parts.searcher, queries, brands, wishes)]
        plain = Wishes(is_blank=wishes.is_blank)
        for name in baselines:
            baseline = open_baseline(parts, name)
            evaluations.append(_evaluate(parts, baseline, queries, brands, plain))
        if page is not None:
            _write_page(parts, queries, evaluations, page)
    return evaluations


@contextmanager
def _open_parts(settings: "Settings", wishes: Wishes) -> "Iterator[Parts]":
    from engine.evaluation.blank import blank_copy
    from engine.wiring import open_engine

    if not wishes.is_blank:
        with open_engine(settings) as parts:
            yield parts
        return
    with blank_copy(settings) as blank, open_engine(blank) as parts:
        yield parts


def _evaluate(
    parts: "Parts", searcher: "Searcher", queries: Path, brands: "Brands", wishes: Wishes
) -> "Evaluation":
    from engine.cli.output import progress_bar
    from engine.evaluate import evaluate as figures
    from engine.evaluate import recognise

    with progress_bar(searcher.model.name, "crops") as progress:
        task = progress.add_task("", total=None)
        recognised = recognise(
            searcher,
            queries,
            parts.limits,
            set(brands.by_product),
            lambda done, total: progress.update(task, completed=done, total=total),
            wishes.protocols,
            brands,
        )
    stress = _stress(parts, searcher, recognised.crops, wishes) if wishes.stresses else None
    return figures(
        recognised,
        searcher.model,
        parts.settings.unknown_prior,
        brands=brands,
        weigh=searcher.posterior,
        refits=wishes.refits,
        stress=stress,
        is_blank=wishes.is_blank,
    )


def _stress(
    parts: "Parts", searcher: "Searcher", crops: "Sequence[LabelledCrop]", wishes: Wishes
) -> "StressReport | None":
    from engine.cli.output import progress_bar
    from engine.evaluation.stress import stress

    with progress_bar("Damaging", "crops") as progress:
        task = progress.add_task("", total=None)
        return stress(
            searcher,
            crops,
            parts.limits,
            wishes.stress_every,
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _save_quality(settings: "Settings", queries: Path, evaluation: "Evaluation") -> None:
    """Keep hits by quality; damaged crops, where there are any, count like the others."""
    from engine.embed.quality_hits import QualityHits, save_quality_hits
    from engine.evaluation.hits import together

    damaged = evaluation.stress.hits if evaluation.stress else {}
    kinds = together(evaluation.quality, damaged)
    crops = sum(hits.crops for hits in kinds.values())
    measured_on = f"{queries.name}, {crops} crops, encoder {evaluation.model.name}"
    save_quality_hits(settings.quality_hits_path, QualityHits(measured_on, kinds))


def _write_page(
    parts: "Parts", queries: Path, evaluations: "Sequence[Evaluation]", page: Path
) -> None:
    from datetime import date

    from engine.catalog.store import CatalogStore
    from engine.evaluation.page import Heading, Pictures, render_page

    with parts.sessions() as session:
        store = CatalogStore(session)
        heading = Heading(queries.name, store.count_products(), store.version(), date.today())
    pictures = Pictures(
        crop=lambda mistake: _crop_picture(parts, mistake),
        reference=lambda named: _reference_picture(parts, named),
    )
    page.write_text(render_page(evaluations, heading, pictures), encoding="utf-8")


def _crop_picture(parts: "Parts", mistake: "Mistake") -> "Image":
    from engine.embed.image import crop_box, read_picture

    image = read_picture(mistake.path, parts.limits).image
    return image if mistake.box is None else crop_box(image, mistake.box)


def _reference_picture(parts: "Parts", named: "Named") -> "Image | None":
    """Return the picture that spoke for a product, or its first where it was no candidate."""
    from engine.catalog.store import CatalogStore
    from engine.embed.image import read_picture

    with parts.sessions() as session:
        product = CatalogStore(session).find_product(named.product)
        first = product.images[0].sha256 if product and product.images else ""
    sha256 = named.picture or first
    return read_picture(parts.files.path(sha256), parts.limits).image if sha256 else None
