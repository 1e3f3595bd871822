"""What is said of countries, as tables for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.markets.results import (
    CandidateEvidence,
    Clue,
    Market,
    MarketEvidence,
    ObjectEvidence,
    Region,
    Scene,
    Verdict,
)
from engine.wording import percent

N_COUNTRIES_SHOWN = 10
N_REASONS_SHOWN = 4
N_CLUES_SHOWN = 12
N_STRENGTHS_SHOWN = 4
N_CHARACTERS_SHOWN = 40
BAR_WIDTH = 16
LIKELY = 0.005


def print_countries(
    console: Console,
    markets: Sequence[Market],
    undetermined: float,
    regions: Sequence[Region],
    verdict: Verdict,
) -> None:
    """Print the verdict, the countries with what raised each, and what is ruled out."""
    console.print(f"[bold]{escape(verdict.sentence)}[/bold]")
    if not markets:
        console.print("Market countries: nothing to go on.")
        return
    table = Table("country", "", title="Market countries", title_justify="left")
    table.add_column("probability", justify="right")
    table.add_column("because", style="dim")
    shown, rest = _worth_showing(markets)
    for market in shown:
        name = f"{market.country} {market.name}"
        table.add_row(name, _bar(market.probability), percent(market.probability), _why(market))
    if rest:
        share = sum(market.probability for market in rest)
        table.add_row(f"{len(rest)} more", _bar(share), percent(share), "")
    table.add_section()
    table.add_row("[italic]undetermined[/italic]", _bar(undetermined), percent(undetermined), "")
    console.print(table)
    for region in regions:
        countries = " ".join(region.countries)
        console.print(f"Region: {region.name} {percent(region.probability)} ({countries})")
    for out in verdict.ruled_out[:N_COUNTRIES_SHOWN]:
        reason = f"{out.name}: allowed by {out.allowed_by}, but {out.reason}"
        console.print(escape(f"Ruled out: {reason}."))


def print_clues(console: Console, clues: Sequence[Clue]) -> None:
    """Print what was read in a crop, the most reliable first."""
    if not clues:
        return
    table = Table("read", "as", "points to", "says", title="Clues", title_justify="left")
    table.add_column("reliability", justify="right")
    for clue in clues[:N_CLUES_SHOWN]:
        table.add_row(
            escape(_short(clue.text)),
            escape(_short(f"{clue.kind.replace('_', ' ')} {clue.value}")),
            _strengths(clue),
            clue.fact,
            percent(clue.reliability),
        )
    if len(clues) > N_CLUES_SHOWN:
        table.add_row(f"[dim]{len(clues) - N_CLUES_SHOWN} more[/dim]")
    console.print(table)


def print_scene(console: Console, scene: Scene) -> None:
    """Print where the objects of a scene were bought, and what each of them says."""
    console.rule("[bold]All together[/bold]", align="left")
    print_countries(console, scene.markets, scene.undetermined, scene.regions, scene.verdict)
    table = Table("object", "points to", title="Objects", title_justify="left")
    table.add_column("weight", justify="right")
    table.add_column("")
    for each in scene.objects:
        style = "yellow" if each.disagrees else ""
        weight = percent(each.weight)
        table.add_row(
            escape(each.name), " ".join(each.countries), weight, each.sentence, style=style
        )
    console.print(table)


def _worth_showing(markets: Sequence[Market]) -> tuple[list[Market], list[Market]]:
    """Split off the countries that are hardly possible; the first is always shown."""
    likely = [market for market in markets if market.probability >= LIKELY][:N_COUNTRIES_SHOWN]
    n_shown = max(len(likely), 1)
    return list(markets[:n_shown]), list(markets[n_shown:])


def _why(market: Market) -> str:
    shown = [_reason(row) for row in market.evidence[:N_REASONS_SHOWN]]
    rest = sum(row.weight for row in market.evidence[N_REASONS_SHOWN:])
    return escape(", ".join(shown + ([f"others {percent(rest)}"] if rest else [])))


def _reason(row: MarketEvidence) -> str:
    match row:
        case CandidateEvidence():
            return f"product {row.product} {percent(row.weight)}"
        case ObjectEvidence():
            return f"{row.image} {percent(row.weight)}"
        case _:
            return f"{row.kind.replace('_', ' ')} {_short(row.value)} {percent(row.weight)}"


def _strengths(clue: Clue) -> str:
    shown = [row.country for row in clue.countries[:N_STRENGTHS_SHOWN]]
    rest = len(clue.countries) - N_STRENGTHS_SHOWN
    return " ".join(shown) + (f" +{rest}" if rest > 0 else "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= N_CHARACTERS_SHOWN else line[: N_CHARACTERS_SHOWN - 1] + "…"


def _bar(share: float) -> str:
    return "█" * round(share * BAR_WIDTH)
