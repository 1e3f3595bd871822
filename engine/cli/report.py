"""Evaluations as tables for people."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from engine.cli.output import open_console
from engine.evaluate import Evaluation
from engine.evaluation.channels import ChannelReport
from engine.evaluation.countries import CountryReport
from engine.evaluation.stress import StressReport
from engine.evaluation.thresholds import OperatingPoint
from engine.evaluation.unknowns import UnknownReport
from engine.metrics import METRICS, Estimate


def print_evaluations(evaluations: Sequence[Evaluation]) -> None:
    """Print the tables of each encoder: figures with their 95 % intervals."""
    console = open_console()
    for evaluation in evaluations:
        _print_evaluation(console, evaluation)
    missing = evaluations[0].missing_products
    if missing:
        console.print(
            f"{len(missing)} products that the queries name are not in the catalog; their crops "
            f"count as unknown: {', '.join(missing[:5])}{' ...' if len(missing) > 5 else ''}"
        )


def _print_evaluation(console: Console, evaluation: Evaluation) -> None:
    for table in _tables(evaluation):
        console.print(table)
    stages = ", ".join(f"{name} {ms:.0f}" for name, ms in evaluation.median_ms.items())
    console.print(
        f"median ms of a search: {stages}; 95th percentile {evaluation.p95_ms:.0f}. "
        f"Prior of unknown: {evaluation.unknown_prior}."
        f"{' The texts of the catalog were blanked.' if evaluation.is_blank else ''}\n"
    )


def _tables(evaluation: Evaluation) -> Iterator[Table]:
    """Yield the tables that the labelled set and the options give figures for."""
    yield _categories(evaluation)
    if points := evaluation.groups["all"].operating_points:
        yield _thresholds(points)
    if evaluation.unknown_kinds:
        yield _unknown(evaluation.unknown_kinds)
    if evaluation.channels:
        yield _channels(evaluation.channels, is_refitted=evaluation.channels_refitted)
    if evaluation.stress:
        yield _stress(evaluation.stress)
    if evaluation.countries:
        yield _countries(evaluation.countries)
        yield _country_parts(evaluation.countries)
        if evaluation.countries.clues:
            yield _clues(evaluation.countries)


def _new_table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _categories(evaluation: Evaluation) -> Table:
    names = [name.replace("_", " ") for name in METRICS]
    table = _new_table(evaluation.model.name, "category", "crops", "unknown", *names)
    for category, group in evaluation.groups.items():
        figures = (_figure(group.metrics[name]) for name in METRICS)
        table.add_row(category, str(group.crops), str(group.unknown), *figures)
    return table


def _thresholds(points: Sequence[OperatingPoint]) -> Table:
    title = "Only first candidates above a threshold believed"
    table = _new_table(
        title, "false positives", "threshold", "unknown answered", "recall", "precision"
    )
    for point in points:
        table.add_row(
            f"at most {point.false_positive_rate_max:.0%}".replace("%", " %"),
            f"{point.threshold:.3f}",
            f"{point.false_positives} of {point.unknown}",
            _figure(point.recall),
            _figure(point.precision),
        )
    return table


def _unknown(kinds: dict[str, UnknownReport]) -> Table:
    table = _new_table(
        "Unknown crops", "kind", "crops", "AUROC", "named at .5 or more", "mean unknown"
    )
    for kind, each in kinds.items():
        table.add_row(
            kind,
            str(each.crops),
            _figure(each.auroc),
            f"{each.sure}: {_figure(each.sure_share)}",
            f"{each.mean_unknown:.3f}",
        )
    return table


def _channels(channels: dict[str, ChannelReport], *, is_refitted: bool) -> Table:
    title = f"Channels (fusion {'fitted anew' if is_refitted else 'not fitted anew'})"
    table = _new_table(
        title, "channel", "alone top 1", "alone top 5", "removal costs top 1", "costs top 5"
    )
    for name, each in channels.items():
        shares = (each.alone.top_1, each.alone.top_5, each.cost.top_1, each.cost.top_5)
        table.add_row(name, *map(_figure, shares))
    return table


def _stress(stress: StressReport) -> Table:
    table = _new_table(
        f"Stress (one in {stress.every} known crops)" if stress.every > 1 else "Stress",
        *("damage", "crops", "top 1", "top 5", "wrong at .5 or more"),
    )
    untouched = stress.untouched
    table.add_row("none", "", _figure(untouched.top_1), _figure(untouched.top_5), "")
    for name, each in stress.damages.items():
        table.add_row(
            name,
            str(each.crops),
            _figure(each.top_1),
            _figure(each.top_5),
            f"{each.sure_and_wrong:.3f}",
        )
    table.add_section()
    table.add_row("mean", "", f"{stress.mean.top_1:.3f}", f"{stress.mean.top_5:.3f}", "")
    worst = stress.worst
    table.add_row(f"worst: {worst.damage}", "", f"{worst.top_1:.3f}", f"{worst.top_5:.3f}", "")
    return table


def _countries(report: CountryReport) -> Table:
    title = f"Countries of {report.crops} crops, {report.determined} answered"
    table = _new_table(title, "", "top 1", "top 3", "log loss", "Brier")
    for name, each in {"engine": report.engine, **report.baselines}.items():
        table.add_row(name, *map(_figure, (each.top_1, each.top_3, each.log_loss, each.brier)))
    return table


def _country_parts(report: CountryReport) -> Table:
    table = _new_table(
        "Countries by group", "group", "product", "crops", "top 1", "top 3",
        *("log loss", "union's log loss", "calibration error"),
    )  # fmt: skip
    for each in report.parts:
        table.add_row(
            each.group or "all",
            "in the catalog" if each.is_known else "not in it",
            str(each.crops),
            *map(_figure, (each.engine.top_1, each.engine.top_3, each.engine.log_loss)),
            _figure(each.union.log_loss),
            "-" if each.calibration_error is None else f"{each.calibration_error:.3f}",
        )
    return table


def _clues(report: CountryReport) -> Table:
    table = _new_table("Clues", "kind", "crops", "names the right country", "countries named")
    for kind, each in report.clues.items():
        named = f"{each.mean_countries:.1f}"
        table.add_row(kind, str(each.crops), _figure(each.precision), named)
    return table


def _figure(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate.value:.3f}\n[dim]{estimate.low:.3f}-{estimate.high:.3f}[/dim]"
