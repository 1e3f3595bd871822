import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.language.chinese import in_one_way, is_japanese, ways_of
from engine.markets.clues.language.ideographs import languages_of_run, without_rubbish
from engine.markets.clues.language.tokens import Token, tokens_of
from engine.markets.clues.pack import PackText
from tests.timing import grows_linearly


def values(*lines: str) -> list[str]:
    return [clue.value for clue in read_language(PackText.of_lines(*lines))]


def words(text: str) -> list[Token]:
    return list(tokens_of(text))


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("わたしの庭", "ja"),
        ("シャンプー", "ja"),
        ("原材料名 砂糖", "ja"),
        ("直射日光を避けて保存してください", "ja"),
        ("国産大豆", "ja"),
        ("ポリエステル 綿", "ja"),
        ("名称 しょうゆ 熱量 株式会社 内容量", "ja"),
        ("配料：白砂糖、小麦粉", "zh-Hans"),
        ("营养成分表", "zh-Hans"),
        ("请放置于阴凉干燥处", "zh-Hans"),
        ("營養標示", "zh-Hant"),
        ("蘋果汁", "zh-Hant"),
        ("牙膏", "zh-Hans|zh-Hant"),
        ("新上市 沐浴乳", "zh-Hans|zh-Hant"),
    ],
)
def test_words_of_packs_in_ideographs_tell_their_language(line, language):
    assert values(line) == [language]


@pytest.mark.parametrize(
    "line",
    [
        "业光女 水水水",
        "动动动",
        "gじ",
        "しの度",
        "わたし",
        "ネ引",
        "恭券券 养养业業养养",
        "百百lY 当旧 晟君に",
        "许动 水水 许安 寒水 次学 许炒",
        "欢迎迎欢欢迎欢迎迎迎",
        "カナリー",
        "綿",
        "η",
    ],
)
def test_signs_that_make_no_words_are_of_no_language(line):
    assert values(line) == []


def test_an_everyday_word_alone_says_little_and_in_a_sentence_more():
    alone, sentence, pack = (
        languages_of_run(run)["ja"] for run in ("わたし", "わたしの庭", "シャンプー")
    )

    assert alone < sentence < pack == 1.0


def test_a_word_of_packs_that_is_a_small_part_of_its_run_says_less():
    assert languages_of_run("许安动牙膏")["zh-Hans"] < languages_of_run("牙膏")["zh-Hans"]


def test_signs_that_traditional_writing_has_too_are_not_simplified():
    assert ways_of("台后面里") == ways_of("牙膏") == ("zh-Hans", "zh-Hant")
    assert ways_of("飲料") == ("zh-Hant",)
    assert ways_of("饮料") == ("zh-Hans",)


def test_only_what_japan_simplified_in_its_own_way_is_japanese():
    assert [sign for sign in "産塩発国會学後裏乾水" if is_japanese(sign)] == ["産", "塩", "発"]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("金泉宝 白豆罐頭 番茄", "zh-Hant"),
        ("金泉宝 白豆罐頭 洋蔥", "zh-Hant"),
        ("請回收包装 净重 僅供外用", "zh-Hant"),
        ("老乾媽 配料 净含量 食盐 营养成分表", "zh-Hans"),
    ],
)
def test_the_way_of_most_telling_signs_is_that_of_the_text(line, language):
    assert values(line) == [language]


def test_a_lone_sign_of_the_other_way_is_written_as_the_rest_is():
    rewritten = in_one_way(words("請回收包裝 蘋果 净重"))

    assert [token.word for token in rewritten] == ["請回收包裝", "蘋果", "淨重"]
    assert in_one_way(words("净重 牙膏")) == words("净重 牙膏")


def test_a_japanese_text_is_not_rewritten():
    assert values("シャンプー 熱量 内容量", "国産 会社 薬用 株式会社") == ["ja"]


def test_a_word_among_many_signs_of_chance_says_nothing():
    chance = "业光女 业米 许动 寒水 次学 胡业 好彩业 窗业"

    assert without_rubbish(words(f"{chance} 牙膏")) == []
    assert [token.word for token in without_rubbish(words("业光女 牙膏 番茄"))] == ["牙膏", "番茄"]


def test_words_in_letters_stay_beside_signs_of_chance():
    assert values("业光女 水水水", "Badhandduk bomull") == ["sv"]


@pytest.mark.parametrize("text", ["牙", "わたしの庭", "水动", "々ー"])
def test_long_runs_take_time_that_grows_with_their_length(text):
    values(text)  # with the tables at hand

    assert grows_linearly(values, lambda count: text * count, 5_000 // len(text))
