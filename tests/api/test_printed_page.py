"""The page shows what is printed on the packs of a product, and where claims do not fit it."""

import pytest

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from tests.api.browsing import browser, choose, page, pytestmark, workspace
from tests.api.conftest import listening
from tests.test_doubts import SWEDISH, pack, parts

__all__ = ["browser", "page", "parts", "pytestmark", "workspace"]


@pytest.fixture(scope="module")
def address(parts):
    token = TokenStore(parts.sessions).create("anna", "analyst")
    with listening(create_app(parts), token) as address:
        yield address


def test_what_is_printed_on_a_pack_stands_beside_what_is_claimed(workspace):
    choose(workspace, ("crop.png", pack(*SWEDISH)))
    workspace.click("#search")
    name = workspace.get_by_text("mistaken milk", exact=True)
    mistaken = workspace.locator(".candidate").filter(has=name).locator(".claims")
    mistaken.locator("summary").click()
    mistaken.get_by_text("Printed on it", exact=True).wait_for()

    assert mistaken.locator("h4").all_inner_texts() == [
        *("The pack says otherwise", "Sold in", "Printed on it")
    ]
    lines = mistaken.locator("li").all_inner_texts()
    assert lines[0].startswith("What is printed on it points to Sweden (")
    assert lines[1] == "BR · shop"
    assert any(line.startswith("Sorteras som") and "recycling · SE" in line for line in lines), (
        lines
    )
