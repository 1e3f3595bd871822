"""A service that takes its time, as a process of its own: `python -m tests.api.slow_server DATA`.

It has one red product, prints a token and then its address, and tells on stderr of every file
that Python opens for writing.
"""

import os
import sys
import time
from pathlib import Path

from engine.api.app import create_app
from engine.api.server import serve
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.settings import Settings
from engine.wiring import build_parts
from tests.conftest import png
from tests.fakes import MeanColourEncoder

WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


class SlowEncoder(MeanColourEncoder):
    """Looks at a picture for half a second."""

    def encode_images(self, images):
        time.sleep(0.5)
        return super().encode_images(images)


def tell_of_writes(event, arguments):
    """Audit hook: name every file that is opened for writing."""
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITE_FLAGS:
        os.write(2, f"WRITES {arguments[0]}\n".encode(errors="replace"))
    elif event.startswith("tempfile."):
        os.write(2, f"WRITES {event} {arguments}\n".encode(errors="replace"))


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(data: Path) -> None:
    settings = Settings(data=data)
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, SlowEncoder())
    parts.ingester.create_product(ProductFields("red", name="Red kettle", markets=("SE",)))
    parts.ingester.add_image("red", png("red"), "red.png")
    say(TokenStore(parts.sessions).create("anna", "analyst"))
    sys.addaudithook(tell_of_writes)
    serve(create_app(parts), "127.0.0.1", 0, on_ready=say)
    say("stopped")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
