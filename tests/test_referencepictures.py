from PIL import Image

from engine.catalog.models import ReferenceImage
from engine.referencepictures import SMALL_PX, Recent, ReferencePictures, shrunk

RED = ReferenceImage(sha256="red")
BLUE = ReferenceImage(sha256="blue")


class Folder:
    """Counts how often a picture is read."""

    def __init__(self):
        self.read = []

    def __call__(self, image):
        self.read.append(image.sha256)
        return Image.new("RGB", (400, 200), image.sha256)


def test_a_picture_that_was_read_is_not_read_again_for_its_small_copy():
    folder = Folder()
    pictures = ReferencePictures(folder)

    assert pictures.read(RED).size == (400, 200)
    small = pictures.small(RED)

    assert folder.read == ["red"]
    assert small.shape == (SMALL_PX // 2, SMALL_PX, 3)
    assert small[0, 0].tolist() == [255, 0, 0]


def test_a_small_copy_that_is_not_there_is_made_once():
    folder = Folder()
    pictures = ReferencePictures(folder)

    assert [pictures.small(BLUE)[0, 0].tolist() for _ in range(2)] == [[0, 0, 255]] * 2
    assert folder.read == ["blue"]


def test_only_the_latest_are_kept():
    recent = Recent(2)
    for number in (1, 2):
        recent.put(number, number)
    recent.get(1, lambda: 0)
    recent.put(3, 3)

    assert [recent.get(number, lambda: "gone") for number in (1, 3, 2)] == [1, 3, "gone"]


def test_a_picture_of_one_pixel_has_a_small_copy():
    assert shrunk(Image.new("L", (1, 1000))).shape == (SMALL_PX, 1, 3)
