"""Fits the whitening of the compact encoder: `python -m engine.embed.compact.train_whitening`.

Photos of one thing differ by light, angle, blur, hands and what stands around. The covariance of
`photo - packshot` shows the directions in which they do; the matrix divides by its square root, so
that these directions count for little (within-class whitening: Mikolajczyk & Matas 2007,
"Improving descriptors for fast tree matching by optimal linear projection"; the second, centring
rotation of Radenovic et al. 2018, arXiv:1711.02512, is left out: it is fitted to what is *in* the
pictures, and made-up pictures have other things in them than real ones).

The file that ships was made from a world of the made-up catalog that `engine demo` does not show,
so no real picture is behind it:

    WORLD="generate(pathlib.Path('world'), products=300, crops=800, seed=1123)"
    python -c "import pathlib; from engine.catalog.demo import generate; $WORLD"
    python -m engine.embed.compact.train_whitening world
"""

import csv
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.embed.compact.encoder import CompactEncoder
from engine.embed.compact.recipe import COMPACT, FOLDER
from engine.embed.encoder import Vectors

SHRINKAGE = 1.0
"""Share of the mean variance added to each direction, since a few hundred things show not all.

Of 0.3, 1, 3 and 10, 1 and 3 were best on photos of things that the matrix was not fitted to.
"""


def fit_whitening(photos: Vectors, packshots: Vectors) -> NDArray[np.float32]:
    """Return the symmetric matrix that whitens the differences of the pairs.

    Parameters
    ----------
    photos, packshots : numpy.ndarray of float32, shape (pairs, dim)
        Row by row the vectors of the same thing, of length 1.

    Returns
    -------
    numpy.ndarray of float32, shape (dim, dim)
        `(C + SHRINKAGE * mean variance * I) ** -0.5`, scaled to a largest eigenvalue of 1.
    """
    differences = (photos - packshots).astype(np.float64)
    differences -= differences.mean(axis=0)
    variances, directions = np.linalg.eigh(differences.T @ differences / len(differences))
    scales = (variances.clip(min=0.0) + SHRINKAGE * variances.mean()) ** -0.5
    matrix = (directions * (scales / scales.max())) @ directions.T
    return np.asarray(matrix, dtype=np.float32)


def embed_pairs(folder: Path) -> tuple[Vectors, Vectors]:
    """Embed each crop of a known product, and the reference picture that is most like it."""
    encoder = CompactEncoder(replace(COMPACT, whitening=None))
    references = {
        row["id"]: embed_files(encoder, [folder / name for name in row["images"].split("|")])
        for row in read_rows(folder / "catalog.csv")
    }
    photos, packshots = [], []
    for product, files in list_crops(folder).items():
        for photo in embed_files(encoder, files):
            photos.append(photo)
            packshots.append(max(references[product], key=photo.dot))
    return np.stack(photos), np.stack(packshots)


def list_crops(folder: Path) -> dict[str, list[Path]]:
    """Return the crops of each product that is in the catalog."""
    crops = defaultdict(list)
    for row in read_rows(folder / "queries.csv"):
        if row["product"]:
            crops[row["product"]].append(folder / row["image"])
    return crops


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def embed_files(encoder: CompactEncoder, paths: list[Path]) -> Vectors:
    """Embed picture files, one row each."""
    return encoder.encode_images([Image.open(path).convert("RGB") for path in paths])


def main() -> None:
    """Fit the matrix to the folder named on the command line and put it beside this script."""
    matrix = fit_whitening(*embed_pairs(Path(sys.argv[1])))
    np.savez(FOLDER / "whitening.npz", matrix=matrix.astype(np.float16))


if __name__ == "__main__":
    main()
