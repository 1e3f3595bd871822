from tests.cli.conftest import document


def test_a_token_is_printed_alone_and_once(engine):
    created = engine("token", "create", "anna", "--role", "analyst")
    listed = engine("token", "list")

    assert created.stdout.startswith("engine_")
    assert len(created.stdout.split()) == 1
    assert created.stdout.strip() not in listed.stdout
    assert listed.stdout.split("\t")[:2] == ["anna", "analyst"]


def test_a_revoked_token_is_listed_as_such(engine):
    engine("token", "create", "anna", "--role", "curator")

    revoked = engine("token", "revoke", "anna")

    assert revoked.exit_code == 0
    assert document(engine("token", "list", "--json"))[0]["revoked_at"] is not None


def test_a_name_is_given_once(engine):
    engine("token", "create", "anna", "--role", "analyst")

    again = engine("token", "create", "anna", "--role", "admin")

    assert again.exit_code == 1
    assert "anna" in again.stderr
    assert again.stdout == ""


def test_an_unknown_role_is_a_usage_error(engine):
    assert engine("token", "create", "anna", "--role", "boss").exit_code == 2
