"""A real browser at the page: every test asks that no other host is asked and nothing goes wrong.

A module that uses it has a fixture `address` of its own, and imports `pytestmark` with the others.
"""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_MS = 20_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """A tab; no test may ask another host, nor leave an error in the console."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(WAIT_MS)
    errors, foreign = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: note_foreign(request.url, address.url, foreign))
    page.refusals = 0  # answers of 4xx that the test asked for: browsers log each as an error
    page.goto(address.url)
    yield page
    assert foreign == []
    assert len([text for text in errors if "Failed to load resource" in text]) == page.refusals
    assert [text for text in errors if "Failed to load resource" not in text] == []
    page.close()


def note_foreign(url, own, foreign):
    if not url.startswith((own, "blob:", "data:")):
        foreign.append(url)


def sign_in(page, token):
    page.fill("#token", token)
    page.press("#token", "Enter")


def choose(page, *files):
    page.set_input_files(
        "#files",
        [{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files],
    )


@pytest.fixture
def workspace(page, address):
    sign_in(page, address.token)
    page.wait_for_selector("#workspace:visible")
    return page
