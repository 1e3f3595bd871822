import pytest

from engine.wording import one_line, percent


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "0 %"), (0.004, "< 1 %"), (0.874, "87 %"), (0.996, "> 99 %"), (1.0, "100 %")],
)
def test_nothing_is_rounded_to_never_or_always(probability, shown):
    assert percent(probability) == shown


def test_a_text_becomes_one_printable_line():
    assert one_line(" Oat\n drink\x00\u202e! ", 40) == "Oat drink !"
    assert one_line("abcdefgh", 5) == "abcd…"
