"""Evaluations as tables for people."""

from collections.abc import Sequence

from rich.table import Table

from engine.cli.output import open_console
from engine.evaluate import Evaluation
from engine.metrics import METRICS, Estimate


def print_evaluations(evaluations: Sequence[Evaluation]) -> None:
    """Print one table an encoder: a row a category, figures with their 95 % intervals."""
    console = open_console()
    for evaluation in evaluations:
        console.print(_table(evaluation))
        stages = ", ".join(f"{name} {ms:.0f}" for name, ms in evaluation.median_ms.items())
        console.print(
            f"median ms of a search: {stages}; 95th percentile {evaluation.p95_ms:.0f}. "
            f"Prior of unknown: {evaluation.unknown_prior}.\n"
        )
    missing = evaluations[0].missing_products
    if missing:
        console.print(
            f"{len(missing)} products that the queries name are not in the catalog; their crops "
            f"count as unknown: {', '.join(missing[:5])}{' ...' if len(missing) > 5 else ''}"
        )


def _table(evaluation: Evaluation) -> Table:
    table = Table(title=evaluation.model.name, title_justify="left", title_style="bold")
    table.add_column("category")
    table.add_column("crops", justify="right")
    table.add_column("unknown", justify="right")
    for name in METRICS:
        table.add_column(name.replace("_", " "), justify="right")
    for category, group in evaluation.groups.items():
        figures = (_figure(group.metrics[name]) for name in METRICS)
        table.add_row(category, str(group.crops), str(group.unknown), *figures)
    return table


def _figure(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate.value:.3f}\n[dim]{estimate.low:.3f}-{estimate.high:.3f}[/dim]"
