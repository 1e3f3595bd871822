import subprocess

import pytest
from PIL import Image

from engine.embed.text import tesseract as text_tesseract
from engine.embed.text.tesseract import installed_packs, read_other_scripts
from tests.embed.lettering import label

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
ROWS = [
    "5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t96.0\tМолоко",
    "5\t1\t1\t1\t1\t2\t160\t200\t50\t20\t40.0\tсвежее",  # unsure
    "5\t1\t1\t1\t2\t1\t100\t300\t50\t20\t96.0\tMilk",  # the core reads Latin
    "5\t1\t1\t1\t3\t1\t100\t400\t50\t20\t96.0\t牛奶",  # and Chinese
    "5\t1\t1\t1\t4\t1\t100\t500\t50\t20\t96.0\tΓάλα",
    "4\t1\t1\t1\t4\t0\t100\t500\t50\t20\t-1\t",
]


@pytest.fixture
def calls(monkeypatch):
    """A machine with packs for Greek and Russian, whose Tesseract reads `ROWS`."""
    made = []

    def run(command, **options):
        made.append((command, options["env"]["OMP_THREAD_LIMIT"]))
        return subprocess.CompletedProcess(command, 0, "\n".join([HEAD, *ROWS]).encode())

    monkeypatch.setattr(text_tesseract, "installed_packs", lambda: ("ell", "eng", "rus"))
    monkeypatch.setattr(subprocess, "run", run)
    return made


def test_words_of_other_scripts_come_in_pixels_of_the_picture(calls):
    words = read_other_scripts(Image.new("RGB", (500, 400), "white"))

    assert [(word.text, word.line) for word in words] == [("Молоко", 0), ("Γάλα", 1)]
    assert words[0].box == ((50.0, 100.0), (75.0, 100.0), (75.0, 110.0), (50.0, 110.0))
    assert words[0].confidence == pytest.approx(0.96)


def test_only_the_packs_of_other_scripts_are_asked_on_one_thread(calls):
    read_other_scripts(Image.new("RGB", (50, 40), "white"))

    (command, threads), *_ = calls
    assert command[command.index("-l") + 1] == "rus+ell"
    assert threads == "1"


def test_without_packs_no_program_is_started(calls, monkeypatch):
    monkeypatch.setattr(text_tesseract, "installed_packs", lambda: ("eng", "swe"))

    assert read_other_scripts(Image.new("RGB", (50, 40))) == []
    assert calls == []


def test_a_program_that_fails_or_hangs_reads_nothing(calls, monkeypatch):
    def hang(command, **options):
        raise subprocess.TimeoutExpired(command, 20)

    monkeypatch.setattr(subprocess, "run", hang)

    assert read_other_scripts(Image.new("RGB", (50, 40))) == []


def test_without_the_program_there_are_no_packs(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    installed_packs.cache_clear()
    try:
        assert installed_packs() == ()
    finally:
        installed_packs.cache_clear()


def test_cyrillic_is_read_where_its_pack_is_installed():
    if "rus" not in installed_packs():
        pytest.skip("Tesseract or its Russian pack is not installed")

    words = read_other_scripts(label("Молоко свежее"))

    assert [word.text for word in words] == ["Молоко", "свежее"]
