"""Search results as tables for people."""

from rich.console import Console
from rich.table import Table

from engine.cli.output import open_console, percent
from engine.results import (
    Candidate,
    CloseEvidence,
    CodeEvidence,
    CropResult,
    EmbeddingEvidence,
    Evidence,
    KeypointsEvidence,
    SearchResult,
    TextEvidence,
    TextResult,
)

N_COUNTRIES_SHOWN = 10
N_WORDS_SHOWN = 3


def print_result(result: SearchResult) -> None:
    """Print the candidates and the countries of each crop."""
    console = open_console()
    for crop in result.results:
        _print_crop(console, crop)
    console.print(
        f"[dim]{result.model.name}, catalog version {result.catalog.version}, "
        f"{result.elapsed_ms['total']:.0f} ms[/dim]"
    )


def _print_crop(console: Console, crop: CropResult) -> None:
    size = f"{crop.image.width} x {crop.image.height}"
    table = Table(title=f"{crop.image.name} ({size})", title_justify="left", title_style="bold")
    table.add_column("#", justify="right")
    table.add_column("product")
    table.add_column("brand")
    table.add_column("id", style="dim")
    table.add_column("probability", justify="right")
    table.add_column("evidence", style="dim")
    table.add_column("sold in")
    for candidate in crop.candidates:
        product = candidate.product
        table.add_row(
            str(candidate.rank),
            product.name,
            product.brand,
            product.id,
            percent(candidate.probability),
            _evidence(candidate),
            _shortened(product.markets),
        )
    table.add_section()
    table.add_row("", "[italic]not in the catalog[/italic]", "", "", percent(crop.unknown), "", "")
    console.print(table)
    console.print(_countries(crop) + "\n")


def _evidence(candidate: Candidate) -> str:
    return ", ".join(_in_short(evidence) for evidence in candidate.evidence)


def _in_short(evidence: Evidence) -> str:
    match evidence:
        case EmbeddingEvidence():
            return f"look {evidence.score:.2f}"
        case KeypointsEvidence():
            return f"{evidence.inliers} details"
        case TextEvidence():
            return "words " + " ".join(evidence.matched[:N_WORDS_SHOWN])
        case CodeEvidence():
            return f"barcode {evidence.gtin}"
        case CloseEvidence():
            return f"colours {evidence.colour:.2f}"


def _shortened(countries: list[str], shown: int = 6) -> str:
    rest = len(countries) - shown
    return " ".join(countries[:shown]) + (f" +{rest}" if rest > 0 else "")


def _countries(crop: CropResult) -> str:
    if not crop.markets:
        return "Market countries: nothing to go on."
    shown = crop.markets[:N_COUNTRIES_SHOWN]
    parts = [f"{market.name} {percent(market.probability)}" for market in shown]
    parts.append(f"undetermined {percent(crop.undetermined)}")
    return "Market countries: " + ", ".join(parts)


def countries_in_short(crop: CropResult, shown: int = 3) -> str:
    """Return the likeliest countries on part of a line."""
    parts = [f"{market.country} {percent(market.probability)}" for market in crop.markets[:shown]]
    return ", ".join(parts) or "nothing to go on"


def print_text_result(result: TextResult) -> None:
    """Print the products that a text query found."""
    console = open_console()
    if not result.hits:
        console.print("No product of the catalog matches these words.")
        return
    table = Table("#", "product", "brand", "id", "found by", "sold in")
    for hit in result.hits:
        product = hit.product
        table.add_row(
            str(hit.rank),
            product.name,
            product.brand,
            product.id,
            hit.matched_by,
            _shortened(product.markets),
        )
    console.print(table)
