"""Search results as tables for people."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.cli.countries import print_clues, print_countries
from engine.cli.countries import print_scene as print_joint
from engine.cli.output import open_console
from engine.results import (
    Candidate,
    CloseEvidence,
    CodeEvidence,
    ContradictionEvidence,
    CropResult,
    EmbeddingEvidence,
    Evidence,
    KeypointsEvidence,
    PatternEvidence,
    SceneResult,
    SearchResult,
    TextEvidence,
    TextResult,
)
from engine.wording import percent

N_WORDS_SHOWN = 3


def print_result(result: SearchResult) -> None:
    """Print the candidates and the countries of each crop."""
    console = open_console()
    for crop in result.results:
        _print_crop(console, crop)
    _print_provenance(console, result)


def print_scene(result: SceneResult) -> None:
    """Print each crop of a scene, and what they say together."""
    console = open_console()
    for crop in result.results:
        _print_crop(console, crop)
    print_joint(console, result.scene)
    _print_provenance(console, result)


def _print_provenance(console: Console, result: SearchResult | SceneResult) -> None:
    console.print(
        f"[dim]{result.model.name}, catalog version {result.catalog.version}, "
        f"{result.elapsed_ms['total']:.0f} ms[/dim]"
    )


def _print_crop(console: Console, crop: CropResult) -> None:
    size = f"{crop.image.width} x {crop.image.height}"
    table = Table(
        title=f"{escape(crop.image.name)} ({size})", title_justify="left", title_style="bold"
    )
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
            escape(product.name),
            escape(product.brand),
            escape(product.id),
            percent(candidate.probability),
            escape(_evidence(candidate)),
            _shortened(product.markets),
        )
    table.add_section()
    table.add_row("", "[italic]not in the catalog[/italic]", "", "", percent(crop.unknown), "", "")
    console.print(table)
    _print_quality(console, crop)
    _print_distinction(console, crop)
    print_countries(console, crop.markets, crop.undetermined, crop.regions, crop.verdict)
    print_clues(console, crop.clues)
    console.print()


def _print_quality(console: Console, crop: CropResult) -> None:
    if crop.quality is None:
        return
    rate = crop.quality.expected_hit_rate
    hits = "" if rate is None else f" Of such crops {percent(rate)} were recognised."
    console.print(f"Crop: {crop.quality.advice}{hits}")


def _print_distinction(console: Console, crop: CropResult) -> None:
    """Say what tells the first candidate from its sibling."""
    first = next(iter(crop.candidates), None)
    if first is not None and first.told_apart_by is not None:
        console.print(f"First candidate: {escape(first.told_apart_by.sentence)}")


def _evidence(candidate: Candidate) -> str:
    return ", ".join(_in_short(evidence) for evidence in candidate.evidence)


def _in_short(evidence: Evidence) -> str:  # noqa: PLR0911 - one for each kind
    match evidence:
        case EmbeddingEvidence():
            return f"look {evidence.score:.2f}"
        case KeypointsEvidence():
            return f"{evidence.inliers} details"
        case TextEvidence():
            return "words " + " ".join(evidence.matched[:N_WORDS_SHOWN])
        case CodeEvidence():
            return f"barcode {evidence.gtin}"
        case ContradictionEvidence():
            word = evidence.words[0]
            return f"but {word.text} for {word.reference_text}"
        case CloseEvidence():
            return f"colours {evidence.colour:.2f}"
        case PatternEvidence():
            return f"pattern {evidence.confirmed} details, its colours {evidence.palette:.2f}"


def _shortened(countries: list[str], shown: int = 6) -> str:
    rest = len(countries) - shown
    return " ".join(countries[:shown]) + (f" +{rest}" if rest > 0 else "")


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
            escape(product.name),
            escape(product.brand),
            escape(product.id),
            hit.matched_by,
            _shortened(product.markets),
        )
    console.print(table)
