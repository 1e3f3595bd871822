from engine.embed.image import Box
from engine.markets.clues.pack import PackText
from tests.timing import grows_linearly


def test_words_are_joined_by_spaces_and_lines_by_newlines():
    pack = PackText.of_lines("Imported by", "Foo AB")

    assert pack.text == "Imported by\nFoo AB"
    assert pack.lines == ["Imported by", "Foo AB"]


def test_the_box_of_a_span_surrounds_each_word_that_it_touches():
    pack = PackText.of_lines("Imported by", "Foo AB")
    start = pack.text.index("by")

    assert pack.box(start, start + len("by\nFoo")) == Box(0, 0, 110, 40)
    assert [word.text for word in pack.words_at(start, start + 4)] == ["by", "Foo"]


def test_nothing_read_is_an_empty_pack():
    pack = PackText.of([])

    assert (pack.text, pack.lines, pack.box(0, 0)) == ("", [], None)


def test_a_word_that_a_span_only_borders_on_is_not_touched():
    pack = PackText.of_lines("one two three")

    assert [word.text for word in pack.words_at(4, 7)] == ["two"]
    assert [word.text for word in pack.words_at(3, 8)] == ["two"]
    assert [word.text for word in pack.words_at(2, 9)] == ["one", "two", "three"]


def words_of_each_span(pack):
    return [pack.words_at(start, start + 4) for start in pack.starts]


def test_the_words_of_each_span_of_a_text_take_no_longer_where_the_text_is_long():
    def pack(count):
        return PackText.of_lines("word " * count)

    assert [len(words) for words in words_of_each_span(pack(500))] == [1] * 500
    assert grows_linearly(words_of_each_span, pack, 4_000)
