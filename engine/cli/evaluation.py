"""`engine eval` and `engine calibrate`: measure recognition, fit its probabilities."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.calibrate import ScoredCrop
    from engine.evaluate import Evaluation
    from engine.evaluation.labelled import Recognised
    from engine.search import Searcher
    from engine.wiring import Parts

QUERIES = click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command("eval")
@QUERIES
@click.option(
    "--baseline",
    "baselines",
    multiple=True,
    help="Measure this encoder too, on the same pictures, in the same run; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def evaluate(
    settings: ReadSettings, queries: Path, baselines: tuple[str, ...], as_json: bool
) -> None:
    """Measure recognition on the labelled crops of QUERIES, against the present catalog."""
    from engine.baseline import open_baseline
    from engine.cli.output import print_json
    from engine.cli.report import print_evaluations
    from engine.wiring import open_engine

    with open_engine(settings()) as parts:
        evaluations = [_evaluate(parts, parts.searcher, queries)]
        evaluations += [_evaluate(parts, open_baseline(parts, name), queries) for name in baselines]
    for row in evaluations[0].bad_rows:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if as_json:
        print_json({"evaluations": evaluations})
    else:
        print_evaluations(evaluations)
    if evaluations[0].bad_rows:
        sys.exit(1)


@click.command()
@QUERIES
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def calibrate(settings: ReadSettings, queries: Path, as_json: bool) -> None:
    """Fit the probabilities to the labelled crops of QUERIES, for the present encoder.

    Half of the products fit and the other half report, both ways, so that the printed figures
    are of crops that the fit did not see; what is kept is then fitted on all.
    """
    from engine.calibrate import cross_fit, fit_fusion
    from engine.cli.output import print_json
    from engine.wiring import open_engine

    with open_engine(settings()) as parts:
        crops = _scored_crops(parts, queries)
        held_out = cross_fit(crops, parts.settings.unknown_prior)
        fitted = fit_fusion(crops, f"{queries.name}, {len(crops)} crops")
        parts.calibrations.save(parts.calibration_key, fitted)
    if as_json:
        print_json({"fitted": fitted, "held_out": held_out})
        return
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in fitted.weights.items())
    click.echo(f"weights: {weights}; bias {fitted.bias:.2f}")
    click.echo(
        f"on products that the fit did not see: calibration error "
        f"{held_out.calibration_error:.3f}, AUROC of unknown {held_out.unknown_auroc:.3f}"
    )


def _scored_crops(parts: "Parts", queries: Path) -> "list[ScoredCrop]":
    from engine.cli.output import progress_bar
    from engine.evaluate import scored_crops

    with progress_bar("Searching", "crops") as progress:
        task = progress.add_task("", total=None)
        return scored_crops(
            parts.searcher,
            queries,
            parts.limits,
            lambda done, total: progress.update(task, completed=done, total=total),
        )


def _evaluate(parts: "Parts", searcher: "Searcher", queries: Path) -> "Evaluation":
    from engine.evaluate import evaluate as measure

    recognised = _recognise(parts, searcher, queries)
    return measure(recognised, searcher.model, parts.settings.unknown_prior)


def _recognise(parts: "Parts", searcher: "Searcher", queries: Path) -> "Recognised":
    from engine.catalog.store import CatalogStore
    from engine.cli.output import progress_bar
    from engine.evaluate import recognise

    with parts.sessions() as session:
        catalog_ids = CatalogStore(session).product_keys()
    with progress_bar(searcher.model.name, "crops") as progress:
        task = progress.add_task("", total=None)
        return recognise(
            searcher,
            queries,
            parts.limits,
            catalog_ids,
            lambda done, total: progress.update(task, completed=done, total=total),
        )
