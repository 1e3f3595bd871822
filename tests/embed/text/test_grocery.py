"""How far the words of packshots alone recognise photographed cartons."""

from collections import Counter

import pytest
from PIL import Image

from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import Rarity, match_words, tokens_of
from engine.embed.text.reader import RapidReader
from tests.embed.grocery import grocery_folder, grocery_rows

EVERY = 8  # crops: a minute, not ten


def cartons():
    return [r for r in grocery_rows("queries.csv") if r["category"] == "packaging" and r["product"]]


@pytest.mark.slow
def test_words_of_the_packshots_alone_find_the_carton():
    folder, reader = grocery_folder(), RapidReader(read_others=lambda image: [])

    def read(path):
        with Image.open(folder / path) as image:
            return reader.read(image)

    shown = {
        product: sorted({p for w in read(f"reference/{product}.jpg") for p in folded_parts(w.text)})
        for product in sorted({row["product"] for row in cartons()})
    }
    rarity = Rarity(Counter(part for parts in shown.values() for part in parts), len(shown))
    ranks = []
    for row in cartons()[::EVERY]:
        tokens = tokens_of(read(row["image"]))
        scores = {p: match_words(tokens, parts, rarity).score for p, parts in shown.items()}
        right = scores[row["product"]]
        ranks.append(1 + sum(score >= right for p, score in scores.items() if p != row["product"]))

    assert sum(rank == 1 for rank in ranks) / len(ranks) > 0.5
    assert sum(rank <= 5 for rank in ranks) / len(ranks) > 0.75
