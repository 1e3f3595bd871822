"""The page on screens of several sizes: nothing is covered, and nothing is out of reach."""

import pytest

from tests.api.browsing import browser, choose, page, pytestmark, workspace
from tests.api.test_page import address, parts
from tests.conftest import png
from tests.embed.hostile import draw_picture, encode

__all__ = ["address", "browser", "page", "parts", "pytestmark", "workspace"]


@pytest.mark.parametrize("size", [(1280, 900), (1440, 1000), (1280, 600), (390, 844)])
def test_every_control_of_the_query_can_be_reached_and_none_covers_another(workspace, size):
    workspace.set_viewport_size({"width": size[0], "height": size[1]})
    choose(workspace, ("tall.png", encode(draw_picture(300, 600), "PNG")), ("red.png", png("red")))
    workspace.click("#filters summary")

    covered = workspace.evaluate(
        """() => [...document.querySelectorAll("#by-crops :is(input, button, summary)")]
            .filter((control) => control.id !== "files")
            .filter((control) => {
                control.scrollIntoView({block: "nearest"});
                const {x, y, width, height} = control.getBoundingClientRect();
                const shown = document.elementFromPoint(x + width / 2, y + height / 2);
                return !control.contains(shown);
            })
            .map((control) => control.id || control.className)"""
    )

    assert covered == []
    assert workspace.locator("#search").is_visible()


def test_the_filters_come_into_sight_when_they_are_opened(workspace):
    choose(workspace, ("tall.png", encode(draw_picture(300, 600), "PNG")))
    workspace.click("#filters summary")

    workspace.wait_for_function(
        """() => {
            const {bottom} = document.getElementById("k").getBoundingClientRect();
            return bottom <= document.getElementById("search").getBoundingClientRect().top;
        }"""
    )
