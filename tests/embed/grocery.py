"""The grocery pictures, which lie outside the project, in the folder that ENGINE_GROCERY names."""

import csv
import os
from pathlib import Path

import pytest
from PIL import Image


def grocery_folder():
    folder = os.environ.get("ENGINE_GROCERY")
    if not folder:
        pytest.skip("ENGINE_GROCERY names no folder with the grocery pictures")
    return Path(folder)


def grocery_rows(name):
    with (grocery_folder() / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def grocery_crops():
    folder = grocery_folder()
    for row in grocery_rows("queries.csv"):
        with Image.open(folder / row["image"]) as image:
            yield folder / row["image"], image.convert("RGB")
