import subprocess
import sys

import pytest
from click.testing import CliRunner

from engine.cli import COMMANDS, main


def run(*arguments, **environment):
    return CliRunner().invoke(main, list(arguments), env=environment)


def test_help_lists_every_command():
    text = run("--help").stdout

    for name in COMMANDS:
        assert f"\n  {name} " in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    result = run(name, "--help")

    assert result.exit_code == 0
    assert "Usage: " in result.stdout


def test_an_unknown_command_is_a_usage_error():
    assert run("fly").exit_code == 2


def test_a_setting_that_means_nothing_is_named(tmp_path):
    result = run("--data", str(tmp_path), "token", "list", ENGINE_UNKNOWN_PRIOR="much")

    assert result.exit_code == 2
    assert "ENGINE_UNKNOWN_PRIOR" in result.stderr


def test_a_missing_data_folder_is_made_and_foreign_files_stay(tmp_path):
    folder = tmp_path / "new" / "data"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")

    result = run("token", "list", ENGINE_DATA=str(folder))

    assert result.exit_code == 0
    assert (folder / "catalog.sqlite3").exists()
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("arguments", [["--help"], ["token", "list"], ["model", "list"]])
def test_light_commands_do_without_torch(arguments, tmp_path):
    """Torch takes seconds to import; a command that talks to the database must not wait for it."""
    script = (
        "import sys; from engine.cli import main\n"
        f"main(['--data', {str(tmp_path)!r}, *{arguments!r}], standalone_mode=False)\n"
        "assert 'torch' not in sys.modules, 'torch was imported'\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
