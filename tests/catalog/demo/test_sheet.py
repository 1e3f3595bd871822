"""The sheet of pictures."""

from PIL import Image

from engine.catalog.demo.sheet import GROUND, contact_sheet


def test_pictures_stand_row_by_row_in_equal_cells(tmp_path):
    paths = []
    for i, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        paths.append(tmp_path / f"{i}.png")
        Image.new("RGB", (40, 20), colour).save(paths[-1])

    sheet = contact_sheet(paths, 2, cell_px=100, gap_px=10)

    assert sheet.size == (230, 230)
    assert sheet.getpixel((60, 60)) == (255, 0, 0)
    assert sheet.getpixel((170, 60)) == (0, 255, 0)
    assert sheet.getpixel((60, 170)) == (0, 0, 255)
    assert sheet.getpixel((170, 170)) == GROUND
