import pytest

from engine.catalog.openfoodfacts.mirror import Mirror
from tests.catalog.openfoodfacts.conftest import CODE

OLD = {"1": {"uploader": "a"}, "front_sv": {"imgid": "1", "rev": "3"}}
NEW = {"uploaded": {"2": {}}, "selected": {"front": {"fr": {"imgid": "2", "rev": 5}}}}


@pytest.fixture
def mirror(tmp_path):
    """Make a mirror with these files."""

    def make(*paths, below=""):
        for path in paths:
            file = tmp_path / "mirror" / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"")
        return Mirror(tmp_path / "mirror")

    return make


def names(fronts):
    return {language: path.name for language, path in fronts.items()}


@pytest.mark.parametrize(
    ("code", "folder"),
    [
        (CODE, "731/086/500/4703"),
        ("34000470693", "003/400/047/0693"),
        ("34000470693", "340/004/706/93"),
        ("20675615", "20675615"),
        ("20675615", "000/002/067/5615"),
        ("07310865004703", "073/108/650/04703"),
    ],
)
def test_the_pictures_of_a_code_lie_in_folders_of_three_digits(mirror, code, folder):
    fronts = mirror(f"{folder}/front_sv.3.400.jpg").fronts(code, {})

    assert names(fronts) == {"sv": "front_sv.3.400.jpg"}


def test_of_each_language_the_largest_file_of_the_newest_revision_is_taken(mirror):
    folder = "731/086/500/4703"
    fronts = mirror(
        *(f"{folder}/front_sv.{end}.jpg" for end in ("3.full", "12.400", "12.200", "12.100")),
        *(f"{folder}/front_fi.2.{end}.jpg" for end in ("full", "400")),
        f"{folder}/ingredients_sv.4.full.jpg",
        f"{folder}/1.jpg",
        below="images/products",
    ).fronts(CODE, OLD)

    assert names(fronts) == {"fi": "front_fi.2.full.jpg", "sv": "front_sv.12.400.jpg"}


@pytest.mark.parametrize(
    ("images", "found"), [(OLD, {"sv": "1.jpg"}), (NEW, {"fr": "2.400.jpg"}), ({}, {})]
)
def test_the_photograph_that_a_front_was_cut_from_stands_in_for_it(mirror, images, found):
    folder = "731/086/500/4703"

    assert names(mirror(f"{folder}/1.jpg", f"{folder}/2.400.jpg").fronts(CODE, images)) == found


@pytest.mark.parametrize("code", ["../731", "", "..", "731０865004703"])
def test_a_code_that_is_no_number_has_no_folder(mirror, code):
    assert mirror("front_sv.3.400.jpg").fronts(code, OLD) == {}


@pytest.mark.parametrize("number", ["../../secret", "/etc/passwd", None, {"a": 1}])
def test_no_number_of_a_photograph_leads_out_of_the_folder(mirror, number):
    images = {"front_sv": {"imgid": number}}

    assert mirror("731/086/500/4703/1.jpg", "secret.jpg").fronts(CODE, images) == {}
