import shlex

import pytest

from engine.cli.output import own_command


@pytest.fixture
def demo(engine, tmp_path, monkeypatch):
    """The output of a demo of two products, compared by their colours alone."""
    monkeypatch.setenv("ENGINE_DETAILS", "0")
    monkeypatch.chdir(tmp_path)
    return engine("demo", "--folder", "my demo", "--products", 2)


def test_a_demo_says_beforehand_what_each_step_will_do(demo):
    lines = demo.stderr.splitlines()

    assert lines[0].startswith("Making 2 products up in my demo, importing them and searching")
    assert lines[0].endswith(": about 20 seconds.")
    assert lines[1].startswith("2 products and ")
    assert lines[2].startswith("Importing 2 products with ")
    assert lines[-1].startswith("Searching ")


def test_a_demo_ends_with_commands_that_can_be_typed(demo):
    token, serve = [shlex.split(line, comments=True) for line in demo.stdout.splitlines()[-2:]]

    start = [*shlex.split(own_command()), "--data", "my demo/data"]
    assert token == [*start, "token", "create", "me", "--role", "analyst"]
    assert serve == [*start, "serve"]
