import random

from engine.markets.clues.clue import Clue
from engine.markets.clues.rule import apart, without_overlaps
from engine.markets.facts import Fact
from tests.timing import grows_linearly


def clue_of(span, certainty=1.0):
    return span, Clue(
        kind="price", value=str(span), text="", fact=Fact.MARKET, countries={"SE": 1.0},
        rule="", source="", box=None, certainty=certainty,
    )  # fmt: skip


def test_the_surest_then_the_longest_of_clues_that_share_characters_is_kept():
    unsure, short, long = clue_of((0, 9), 0.5), clue_of((0, 2)), clue_of((1, 4))

    assert without_overlaps([unsure, short, long]) == [long[1]]


def test_clues_that_touch_are_kept_in_order_of_place():
    first, second, third = (clue_of((at, at + 2)) for at in (0, 2, 4))

    assert apart([third, first, second]) == [first, second, third]


def test_clues_apart_are_those_that_comparing_each_with_all_kept_ones_leaves():
    rng = random.Random(7)
    for _ in range(200):
        starts = [rng.randrange(60) for _ in range(30)]
        found = [
            clue_of((at, at + rng.randint(1, 9)), rng.choice([0.3, 0.7, 1.0])) for at in starts
        ]
        kept = []
        for one in sorted(found, key=lambda one: (-one[1].certainty, -_length(one), one[0][0])):
            if all(one[0][1] <= begin or end <= one[0][0] for (begin, end), _ in kept):
                kept.append(one)

        assert apart(found) == sorted(kept, key=lambda one: one[0])


def test_clues_are_told_apart_in_time_that_grows_with_their_number():
    def clues(count):
        return [clue_of((6 * at, 6 * at + 5)) for at in range(count)]

    assert len(apart(clues(1_000))) == 1_000
    assert grows_linearly(apart, clues, 5_000)


def _length(one):
    (start, end), _ = one
    return end - start
