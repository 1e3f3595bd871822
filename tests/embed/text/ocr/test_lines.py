import numpy as np
import pytest

from engine.embed.text.ocr.lines import (
    along_the_line,
    cut_line,
    fills_its_line,
    level,
    main_angle,
    moved,
    other_way_up,
)


def quad(x, y, wide, high):
    return np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], np.float32)


def test_a_standing_line_is_read_upwards():
    assert along_the_line(quad(0, 0, 10, 90))[0].tolist() == [0, 90]
    assert along_the_line(quad(0, 0, 90, 10))[0].tolist() == [0, 0]


def test_a_line_is_cut_from_its_first_corner():
    picture = np.zeros((60, 100, 3), np.uint8)
    picture[20:30, 10:50] = 200

    upright = cut_line(picture, quad(10, 20, 80, 10))
    upside_down = cut_line(picture, other_way_up(quad(10, 20, 80, 10)))

    assert upright.shape == (10, 80, 3)
    assert upright[5, 5, 0] == 200
    assert upright[5, 75, 0] == 0
    assert upside_down[5, 75, 0] == 200


@pytest.mark.parametrize("angle", [-80, -30, 0, 30, 80])
def test_the_main_angle_is_that_of_the_long_lines(angle):
    turn = np.deg2rad(angle)
    ahead, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    tilted = np.array([ahead * 0, ahead * 90, ahead * 90 + down * 9, down * 9], np.float32)

    assert main_angle([tilted, other_way_up(tilted)]) == pytest.approx(angle, abs=1e-3)


def test_without_long_lines_nothing_is_tilted():
    assert main_angle([]) == 0
    assert main_angle([quad(0, 0, 10, 10)]) == 0


def test_points_of_a_turned_picture_are_brought_back():
    picture = np.zeros((60, 100, 3), np.uint8)
    picture[10:14, 80:84] = 255

    turned, back = level(picture, 90)
    y, x = np.argwhere(turned[..., 0] > 128).mean(axis=0)

    assert turned.shape == (100, 60, 3)
    assert moved(np.array([[x, y]], np.float32), back)[0] == pytest.approx([81.5, 11.5], abs=1)


def test_a_long_line_with_one_letter_was_not_read():
    assert not fills_its_line("M", quad(0, 0, 300, 30))
    assert fills_its_line("Hallonsylt", quad(0, 0, 300, 40))
