import hashlib

import pytest
from sqlalchemy import text

from engine.api.tokens import Identity, Role, TokenStore
from engine.errors import ConflictError, InvalidInputError, NotFoundError


@pytest.fixture
def store(parts):
    return TokenStore(parts.sessions)


def test_a_token_names_its_bearer_and_role(store):
    token = store.create("anna", "curator")

    assert store.check(token) == Identity("anna", Role.CURATOR)


def test_a_token_is_stored_as_its_hash_alone(store, parts):
    token = store.create("anna", "analyst")

    with parts.sessions() as session:
        rows = session.execute(text("SELECT * FROM tokens")).mappings().all()
    assert rows[0]["sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(rows)
    assert token.startswith("engine_")
    assert len(token) == len("engine_") + 43  # 32 random bytes in base64


def test_two_tokens_differ(store):
    assert store.create("anna", "analyst") != store.create("bo", "analyst")


@pytest.mark.parametrize("wrong", ["", "engine_", "x" * 10_000, "\udcff", "engine_ä"])
def test_what_is_no_token_names_nobody(store, wrong):
    store.create("anna", "analyst")

    assert store.check(wrong) is None


def test_a_revoked_token_names_nobody_and_its_name_stays_taken(store):
    token = store.create("anna", "analyst")

    store.revoke("anna")
    store.revoke("anna")

    assert store.check(token) is None
    assert store.list()[0].revoked_at is not None
    with pytest.raises(ConflictError, match="take another name"):
        store.create("anna", "analyst")


def test_tokens_are_listed_oldest_first(store):
    store.create("zoe", "admin")
    store.create("anna", "analyst")

    assert [(info.name, info.role) for info in store.list()] == [
        ("zoe", Role.ADMIN),
        ("anna", Role.ANALYST),
    ]


def test_an_unknown_name_cannot_be_revoked(store):
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.revoke("nobody")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\x1b[31m"])
def test_a_name_must_stand_on_one_line_of_the_log(store, name):
    with pytest.raises(InvalidInputError, match="printable"):
        store.create(name, "analyst")


def test_an_unknown_role_is_refused(store):
    with pytest.raises(InvalidInputError, match="analyst, curator, admin"):
        store.create("anna", "root")


def test_each_role_includes_those_before_it():
    included = {role: [other for other in Role if role.includes(other)] for role in Role}

    assert included == {
        Role.ANALYST: [Role.ANALYST],
        Role.CURATOR: [Role.ANALYST, Role.CURATOR],
        Role.ADMIN: [Role.ANALYST, Role.CURATOR, Role.ADMIN],
    }
