import os
import subprocess
import sys

OPEN_ALL = """
import os
from PIL import Image
from engine.embed.compact import CompactEncoder
from engine.embed.text.reader import RapidReader
from engine.markets.clues.all import read_clues
from engine.markets.clues.pack import PackText

CompactEncoder()
read_clues(PackText.of(RapidReader().read(Image.new("RGB", (200, 200)))))
print(os.environ["ORT_DISABLE_TELEMETRY"])
"""


def test_libraries_leave_no_trace_in_the_temporary_folder_and_report_to_nobody(tmp_path):
    """The session file of a telemetry client lay there, of a crop that was searched."""
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)

    done = subprocess.run(
        [sys.executable, "-c", OPEN_ALL],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "1\n"
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("torch")] == []
