"""Makes the codebook of visual words: `python -m engine.embed.local.train_codebook WORLD`.

WORLD is a folder of the made-up catalog; no real picture is behind the file that ships:

    python -c "from pathlib import Path; from engine.catalog.demo import generate
    generate(Path('world'), products=300, crops=420, seed=1123)"
    python -m engine.embed.local.train_codebook world
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from PIL import Image

from engine.embed.local.aggregate import BITS, CODEBOOK_FILE, Codebook, project_descriptors
from engine.embed.local.keypoints import DESCRIPTOR_DIM, Floats, extract_keypoints

WORDS = 4096
"""1,024 find .64 of the cartons, 4,096 .71; the file doubles with each further doubling."""
POINTS_EACH = 220
"""Descriptors taken of a picture: enough of each, and many pictures."""
ROUNDS = 6
SEED = 1


def fit_codebook(descriptors: Floats, words: int = WORDS) -> Codebook:
    """Fit projection and words to descriptors.

    Parameters
    ----------
    descriptors : numpy.ndarray of float32, shape (n, 128)
        Unit vectors, n several times `words`.
    words : int
        Visual words to find.

    Returns
    -------
    Codebook
        The same for the same descriptors.
    """
    faiss.omp_set_num_threads(1)  # sums in one order
    mean = descriptors.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov(descriptors.T.astype(np.float64)))
    turn, _ = np.linalg.qr(np.random.default_rng(SEED).standard_normal((BITS, BITS)))
    projection = (directions[:, ::-1][:, :BITS] @ turn).astype(np.float32)
    placed = project_descriptors(descriptors, mean, projection)
    found = faiss.Kmeans(
        BITS, words, niter=ROUNDS, seed=SEED, max_points_per_centroid=64, min_points_per_centroid=1
    )
    found.train(np.ascontiguousarray(placed))
    return Codebook(mean, projection, np.asarray(found.centroids, np.float32))


def pictures_of(world: Path) -> Iterator[Path]:
    """Return the reference images and the crops of a made-up catalog."""
    with (world / "catalog.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from (world / name for name in row["images"].split("|"))
    with (world / "queries.csv").open(encoding="utf-8") as file:
        yield from (world / row["image"] for row in csv.DictReader(file))


def gather_descriptors(pictures: Sequence[Path]) -> Floats:
    """Return some of the descriptors of each picture, shape (n, 128)."""
    rng = np.random.default_rng(SEED)
    parts = [np.zeros((0, DESCRIPTOR_DIM), np.float32)]
    for path in pictures:
        with Image.open(path) as opened:
            found = extract_keypoints(opened.convert("RGB")).unit_descriptors()
        parts.append(found[rng.permutation(len(found))[:POINTS_EACH]])
    return np.concatenate(parts)


def main() -> None:
    """Write the codebook beside this script."""
    codebook = fit_codebook(gather_descriptors(list(pictures_of(Path(sys.argv[1])))))
    np.savez_compressed(
        Path(__file__).with_name(CODEBOOK_FILE),
        mean=codebook.mean,
        projection=codebook.projection,
        words=codebook.words.astype(np.float16),  # to half the size; nothing measured is lost
    )


if __name__ == "__main__":
    main()
