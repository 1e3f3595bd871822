"""A service whose data folder is named from the folder that it was started in."""

import shutil
from pathlib import Path

import pytest

from engine.catalog.database import open_database
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.conftest import form, upload
from tests.fakes import MeanColourEncoder


@pytest.fixture
def parts(tmp_path, blank_catalog, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings(data=Path("data"))
    settings.data.mkdir()
    shutil.copyfile(blank_catalog, settings.database_path)
    database = open_database(settings.database_path)
    yield build_parts(settings, database, MeanColourEncoder())
    database.dispose()


@pytest.mark.parametrize("size", ["", "?size=thumbnail"])
def test_its_pictures_are_shown(curator, analyst, size):
    curator.post("/v1/products", json={"id": "kettle", "name": "Kettle"})
    url = curator.post("/v1/products/kettle/images", **form(image=upload())).get_json()["url"]

    with analyst.get(url + size) as response:
        assert response.status_code == 200
        assert response.content_type == ("image/jpeg" if size else "image/png")
