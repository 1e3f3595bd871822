"""Writes made-up packs into a folder: crops with their country, and a catalog of half of them."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from engine.catalog.demo.generate import save, steps
from engine.catalog.demo.light import on_studio
from engine.catalog.demo.manifest import COLUMNS, LICENSE, QUERY_COLUMNS
from engine.catalog.demo.packs.back import back_of
from engine.catalog.demo.packs.front import front_of
from engine.catalog.demo.packs.pack import Pack, pack_at
from engine.catalog.demo.packs.shot import Shot, shoot
from engine.catalog.demo.packs.sidecar import PACK_COLUMNS, groups_of, pack_row

SOURCE = "made up by `engine demo --packs`"
GROUPS = "groups"


@dataclass(frozen=True)
class PackDemo:
    """Where made-up packs were written, and how many there are."""

    manifest: Path
    queries: Path
    sidecar: Path
    crops: int
    products: int


def generate_packs(
    folder: Path,
    *,
    crops: int = 600,
    seed: int = 7,
    progress: Callable[[int, int], None] | None = None,
    knows: Callable[[str], bool] | None = None,
) -> PackDemo:
    """Write crops of packs bought in 36 countries; the same arguments write the same bytes.

    Every crop shows another pack. Every second pack is a product of the catalog, which knows its
    front and its markets, and of every second one of them the back too; `packs.csv` tells what each
    crop shows, and a group of the queries whether that side of the pack is in the catalog.

    Parameters
    ----------
    folder : Path
        Written into, and made if it does not exist.
    crops : int
        How many; a larger number begins with the crops of a smaller one.
    seed : int
        Chooses the packs.
    progress : callable or None
        Told after every crop how many are done, and of how many.
    knows : callable or None
        Whether a rule finds anything in a text: crops whose wording no rule knows are a group.

    Returns
    -------
    PackDemo
        The paths written and the counts.
    """
    for name in ("reference", "crops"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in ("catalog.csv", "queries.csv", "packs.csv")]
    columns = (COLUMNS, (*QUERY_COLUMNS, GROUPS), PACK_COLUMNS)
    step = steps(crops, progress)
    tables: list[list[dict[str, str]]] = [[], [], []]
    for number in range(crops):
        pack = pack_at(seed, number)
        if is_known(pack):
            tables[0].append(catalog_row(pack, save_sides(folder, pack)))
        shot = shoot(pack)
        image = save(shot.photo.image, folder, f"crops/k{number:06d}.jpg", shot.photo.jpeg_quality)
        tables[1].append(query_row(shot, image, [*groups_of(shot, knows), *side_group(shot)]))
        tables[2].append(pack_row(shot, image))
        step()
    for path, names, rows in zip(paths, columns, tables, strict=True):
        write_rows(path, names, rows)
    manifest, queries, sidecar = paths
    return PackDemo(manifest, queries, sidecar, crops, len(tables[0]))


def is_known(pack: Pack) -> bool:
    """Whether the catalog has the product."""
    return pack.number % 2 == 1


def has_back(pack: Pack) -> bool:
    """Whether the catalog has a picture of the product's back."""
    return pack.number % 4 == 1


def side_group(shot: Shot) -> list[str]:
    """Return the group of a known product's crop: whether the catalog has that side of it."""
    if not is_known(shot.pack):
        return []
    is_seen = shot.side == "front" or has_back(shot.pack)
    return ["side that the catalog has" if is_seen else "side that the catalog lacks"]


def save_sides(folder: Path, pack: Pack) -> list[str]:
    """Write the packshot, and a picture of the back; return their names within the folder."""
    body, _ = front_of(pack)
    names = [save(on_studio(body, 245), folder, f"reference/{pack.product.id}.jpg")]
    if has_back(pack):
        sheet = back_of(pack).image
        flat = sheet.resize([side * 5 // 8 for side in sheet.size], Image.Resampling.BOX)
        names.append(save(flat, folder, f"reference/{pack.product.id}-back.jpg"))
    return names


def catalog_row(pack: Pack, images: Sequence[str]) -> dict[str, str]:
    """Return the row of a product of the catalog."""
    return {
        "id": pack.product.id,
        "name": pack.name,
        "brand": pack.brand,
        "category": pack.article.category,
        "description": f"{pack.article.name}, text in {', '.join(pack.languages)}",
        "gtin": pack.product.gtin,
        "markets": "|".join(pack.markets),
        "images": "|".join(images),
        "source": SOURCE,
        "license": LICENSE,
        "family": pack.product.family.name,
    }


def query_row(shot: Shot, image: str, groups: Sequence[str] = ()) -> dict[str, str]:
    """Return the row of a crop; a product that the catalog lacks stays empty."""
    return {
        "image": image,
        "product": shot.pack.product.id if is_known(shot.pack) else "",
        "category": shot.pack.article.category,
        "box": "",
        "market": shot.pack.country,
        "brand": shot.pack.brand,
        GROUPS: "|".join(groups),
    }


def write_rows(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
