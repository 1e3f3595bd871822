"""Benchmarks as tables for people."""

from collections.abc import Sequence

from rich.table import Table

from engine.bench.candidates import CandidateReport, ChannelCost
from engine.cli.output import open_console
from engine.metrics import Estimate


def print_candidates(reports: Sequence[CandidateReport]) -> None:
    """Print a table for each size of the catalog."""
    console = open_console()
    for report in reports:
        console.print(_table(report))
        console.print(
            f"{report.crops} crops; united, the product of {report.gained} is there that the look "
            f"alone lacks, and that of {report.lost} is not that the look alone has.\n"
        )


def _table(report: CandidateReport) -> Table:
    title = (
        f"{report.references:,} references, {report.made_up:,} of them made up: "
        f"share of crops whose product is among {report.compared} candidates"
    )
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("channel")
    categories = list(next(iter(report.recall.values())))
    for column in (*categories, "median ms", "95th percentile", "MB"):
        table.add_column(column, justify="right")
    for name, recalls in report.recall.items():
        table.add_row(name, *map(_share, recalls.values()), *_costs(report.costs.get(name)))
    return table


def _share(share: Estimate) -> str:
    return f"{share.value:.3f} ({share.low:.3f}-{share.high:.3f})"


def _costs(cost: ChannelCost | None) -> tuple[str, str, str]:
    if cost is None:
        return ("", "", "")
    memory = "" if cost.memory_mb is None else f"{cost.memory_mb:.0f}"
    return (f"{cost.median_ms:.1f}", f"{cost.p95_ms:.1f}", memory)
