"""`engine calibrate`: fit the probabilities to labelled crops."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.labelled import QUERIES, read_brands
from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.calibrate import ScoredCrop
    from engine.markets.fit import MarketFit
    from engine.wiring import Parts


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
        fitted = fit_fusion(crops, f"{queries.name}, {held_out.crops} crops")
        parts.calibrations.save(parts.calibration_key, fitted)
        markets = _fit_markets(parts, queries)
    if as_json:
        print_json({"fitted": fitted, "held_out": held_out, "markets": markets})
        return
    click.echo(f"which candidate: {_in_words(fitted.rank)}")
    for category, known in fitted.known.items():
        click.echo(
            f"whether any, {category or 'all categories'}: {_in_words(known.weights)}; "
            f"bias {known.bias:.2f}"
        )
    click.echo(
        f"on products that the fit did not see: calibration error "
        f"{held_out.calibration_error:.3f}, AUROC of unknown {held_out.unknown_auroc:.3f}"
    )
    if markets is not None:
        odds = ", ".join(f"{name} x {value:.2f}" for name, value in markets.multipliers.items())
        click.echo(
            f"clues to countries, {markets.crops} crops: odds {odds}; "
            f"log loss {markets.log_loss_before:.2f} -> {markets.log_loss:.2f}"
        )


def _in_words(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {weight:.2f}" for name, weight in weights.items())


def _fit_markets(parts: "Parts", queries: Path) -> "MarketFit | None":
    """Fit what clues count, where the queries name enough countries."""
    from engine.cli.output import progress_bar
    from engine.market_lessons import located_rows, market_lessons
    from engine.markets.fit import LEAST, fit_multipliers, save_fit

    rows = located_rows(queries)
    if len(rows) < LEAST:
        return None
    with progress_bar("Reading", "crops") as progress:
        task = progress.add_task("", total=len(rows))
        lessons = market_lessons(
            parts.searcher,
            parts.judge,
            rows,
            parts.limits,
            lambda done, total: progress.update(task, completed=done, total=total),
        )
    if sum(bool(lesson.clues) for lesson in lessons) < LEAST:
        return None
    with parts.sessions() as session:
        prior = parts.judge.prior(session)
    fit = fit_multipliers(lessons, parts.judge.weights.fitted({}), prior)
    save_fit(parts.settings.market_fit_path, fit, queries.name)
    return fit


def _scored_crops(parts: "Parts", queries: Path) -> "list[ScoredCrop]":
    from engine.cli.output import progress_bar
    from engine.evaluate import scored_crops

    with progress_bar("Searching", "crops") as progress:
        task = progress.add_task("", total=None)
        return scored_crops(
            parts.searcher,
            queries,
            parts.limits,
            read_brands(parts.settings),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
