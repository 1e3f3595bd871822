import numpy as np
import pytest
from PIL import Image

from engine.embed.codes.reading import Code, read_codes
from tests.embed.barcodes import DENSE, FORMAT, draw_code, made_up_ean, photograph
from tests.embed.grocery import grocery_crops

EAN = "4006381333931"


def values(codes):
    return [(code.format, code.value) for code in codes]


@pytest.mark.parametrize("angle", range(0, 360, 20))
def test_a_code_of_one_and_a_half_pixels_a_module_reads_at_any_angle(angle):
    ean = made_up_ean(np.random.default_rng(angle))

    codes = read_codes(photograph(draw_code(ean), module_px=1.5, angle=angle))

    assert values(codes) == [("EAN-13", ean)]
    assert codes[0].gtin == "0" + ean


@pytest.mark.parametrize("angle", [0, 33, 45, 57, 90, 200])
@pytest.mark.parametrize("blur_px", [1.0, 1.5])
def test_a_blurred_code_reads(angle, blur_px):
    image = photograph(draw_code(EAN), module_px=3, angle=angle, blur_px=blur_px)

    assert values(read_codes(image)) == [("EAN-13", EAN)]


@pytest.mark.parametrize("angle", [0, 40, 90])
def test_a_code_seen_from_the_side_reads(angle):
    image = photograph(draw_code(EAN), module_px=3, angle=angle, perspective=0.2)

    assert values(read_codes(image)) == [("EAN-13", EAN)]


@pytest.mark.parametrize(("angle", "modules"), [(0, 5), (90, 5), (50, 14), (215, 14)])
def test_a_code_cut_across_its_bars_reads(angle, modules):
    code = draw_code(EAN)
    middle, half = code.shape[0] // 2, modules * DENSE // 2
    strip = code[middle - half : middle + half]

    assert values(read_codes(photograph(strip, module_px=3, angle=angle))) == [("EAN-13", EAN)]


def test_half_a_code_reads_as_nothing():
    code = draw_code(EAN)

    assert read_codes(photograph(code[:, : code.shape[1] // 2], module_px=3)) == []


def test_the_corners_lie_on_the_code():
    code = read_codes(photograph(draw_code(EAN), module_px=3, angle=90, side_px=400))[0]

    x, y = np.array(code.corners).T
    assert np.ptp(y) == pytest.approx(95 * 3, abs=12)
    assert np.mean([x.min(), x.max()]) == pytest.approx(200, abs=30)


@pytest.mark.parametrize("angle", range(0, 360, 45))
def test_a_qr_code_reads_at_any_angle(angle):
    code = draw_code("https://example.org/01/04006381333931", FORMAT.QRCode)

    codes = read_codes(photograph(code, module_px=2.5, angle=angle))

    assert values(codes) == [("QR", "https://example.org/01/04006381333931")]
    assert codes[0].gtin == "04006381333931"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("96385074", FORMAT.EAN8, ("EAN-8", "96385074", "00000096385074")),
        ("036000291452", FORMAT.UPCA, ("UPC-A", "036000291452", "00036000291452")),
    ],
)
def test_other_retail_codes_read(text, kind, expected):
    code = read_codes(photograph(draw_code(text, kind), module_px=3, angle=35))[0]

    assert (code.format, code.value, code.gtin) == expected


def test_a_tilted_long_code_is_not_taken_for_a_short_one():
    rng = np.random.default_rng(0)
    for angle in range(5, 90, 5):
        ean = made_up_ean(rng)
        codes = read_codes(photograph(draw_code(ean), module_px=2, angle=angle, blur_px=0.7))
        assert values(codes) in ([("EAN-13", ean)], [])


def test_a_large_picture_is_read_smaller_and_answers_in_its_own_pixels():
    code = read_codes(photograph(draw_code(EAN), module_px=20, side_px=4000))[0]

    x = np.array(code.corners)[:, 0]
    assert (x.min(), x.max()) == pytest.approx((2000 - 950, 2000 + 950), abs=40)


def test_stripes_are_no_code():
    rows = np.tile(np.where(np.arange(400) // 3 % 2, 255, 0).astype(np.uint8), (300, 1))

    assert read_codes(Image.fromarray(rows).convert("RGB")) == []


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (7, 7)])
def test_a_tiny_picture_has_no_codes(size):
    assert read_codes(Image.new("RGB", size, "white")) == []


def test_the_picture_is_left_unchanged():
    image = photograph(draw_code(EAN), module_px=2)
    before = image.tobytes()

    first, second = read_codes(image), read_codes(image)

    assert image.tobytes() == before
    assert first == second
    assert isinstance(first[0], Code)


@pytest.mark.slow
def test_nothing_is_read_on_cartons_that_show_no_code():
    read = {path.name: codes for path, image in grocery_crops() if (codes := read_codes(image))}

    assert read == {}
