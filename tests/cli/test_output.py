import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import output
from engine.cli.output import own_command, progress_bar


def test_where_no_bar_can_be_drawn_a_line_tells_the_progress_now_and_then(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])

    with progress_bar("Importing", "products") as progress:
        task = progress.add_task("", total=None)
        for second in range(25):
            now[0] = float(second)
            progress.update(task, completed=second * 100, total=5000)

    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in lines] == ["Importing: 1", "Importing: 2"]
    assert [line.split(" left")[0].split(": ")[1] for line in lines] == [
        "1,000 of 5,000 products, about 40 seconds",
        "2,000 of 5,000 products, about 30 seconds",
    ]


def test_what_is_quickly_done_prints_no_progress(capsys):
    with progress_bar("Importing", "products") as progress:
        progress.update(progress.add_task("", total=2), completed=1)

    assert capsys.readouterr() == ("", "")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installation below the present folder, which the shell does not find."""
    script = tmp_path / ".venv" / "bin" / "engine"
    script.parent.mkdir(parents=True)
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script.with_name("python")))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(tmp_path)
    return script


def test_the_own_command_is_its_path_from_here_where_the_shell_does_not_find_it(installed):
    assert own_command() == ".venv/bin/engine"


def test_the_own_command_is_its_whole_path_from_elsewhere(installed, tmp_path, monkeypatch):
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")

    assert own_command() == str(installed)


def test_the_own_command_is_its_name_where_the_shell_finds_it(installed, monkeypatch):
    monkeypatch.setenv("PATH", str(installed.parent))

    assert own_command() == "engine"


def test_another_engine_on_the_path_is_not_taken_for_this_one(installed, tmp_path, monkeypatch):
    other = tmp_path / "other" / "engine"
    other.parent.mkdir()
    shutil.copy(installed, other)
    monkeypatch.setenv("PATH", str(other.parent))

    assert own_command() == ".venv/bin/engine"


def test_the_own_command_runs_from_here():
    done = subprocess.run(
        f"{own_command()} --version", shell=True, capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("engine, version"), (Path.cwd(), done.stderr)
