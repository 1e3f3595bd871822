"""Bearer tokens: who may do what. No web framework here, the command line starts fast."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from engine.catalog.models import Token, now
from engine.errors import ConflictError, InvalidInputError, NotFoundError

PREFIX = "engine_"
"""Lets people, and scanners for leaked secrets, recognise a token."""

MAX_NAME_CHARACTERS = 100


class Role(StrEnum):
    """What the bearer of a token may do; each role may all that the ones before it may."""

    ANALYST = "analyst"
    """Search, read products and reference images."""
    CURATOR = "curator"
    """Add, change and delete products and reference images."""
    ADMIN = "admin"
    """All that the service offers."""

    def includes(self, other: "Role") -> bool:
        """Tell whether this role may do what `other` may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True)
class Identity:
    """The bearer of a valid token."""

    name: str
    role: Role


@dataclass(frozen=True)
class TokenInfo:
    """What is known of a token; the token itself is not."""

    name: str
    role: Role
    created_at: datetime
    revoked_at: datetime | None


class TokenStore:
    """The tokens of one catalog; each call is a transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def create(self, name: str, role: str) -> str:
        """Make a token and return it: it can never be shown again.

        Parameters
        ----------
        name : str
            Who or what will use it; stands in the access log, so it is never used twice.
        role : str
            `analyst`, `curator` or `admin`.

        Returns
        -------
        str
            The token, with 256 random bits.

        Raises
        ------
        InvalidInputError
            If the name cannot be printed on a line, or the role is none.
        ConflictError
            If a token of this name exists, or once existed and was revoked.
        """
        check_name(name)
        token = PREFIX + secrets.token_urlsafe(32)
        row = Token(name=name, role=parse_role(role).value, sha256=_hash(token))
        try:
            with self._sessions.begin() as session:
                session.add(row)
        except IntegrityError as error:
            raise ConflictError(
                f"there is a token named {name!r} already, perhaps a revoked one; "
                "take another name, so that the access log stays clear"
            ) from error
        return token

    def check(self, token: str) -> Identity | None:
        """Return who bears this token; None when it is unknown or revoked."""
        query = select(Token).where(Token.sha256 == _hash(token), Token.revoked_at.is_(None))
        with self._sessions() as session:
            row = session.scalars(query).one_or_none()
            return None if row is None else Identity(row.name, Role(row.role))

    def list(self) -> list[TokenInfo]:
        """Return all tokens, oldest first, the revoked ones too."""
        with self._sessions() as session:
            return [_describe(row) for row in session.scalars(select(Token).order_by(Token.id))]

    def revoke(self, name: str) -> None:
        """Make a token useless from this moment on; twice is no error."""
        with self._sessions.begin() as session:
            row = session.scalars(select(Token).where(Token.name == name)).one_or_none()
            if row is None:
                raise NotFoundError(f"there is no token named {name!r}")
            row.revoked_at = row.revoked_at or now()


def parse_role(text: str) -> Role:
    """Return the role of this name."""
    try:
        return Role(text)
    except ValueError as error:
        raise InvalidInputError(
            f"the role {text!r} is none of {', '.join(role.value for role in Role)}"
        ) from error


def check_name(name: str) -> None:
    """Refuse a name that would not stand on one line of the log."""
    if not name.strip() or not name.isprintable() or len(name) > MAX_NAME_CHARACTERS:
        raise InvalidInputError(
            f"the token name {name[:MAX_NAME_CHARACTERS]!r} is not 1 to "
            f"{MAX_NAME_CHARACTERS} printable characters"
        )


def _hash(token: str) -> str:
    """Hash a token for storing and looking up.

    A slow, salted hash defends passwords that people choose. A token has 256 random bits:
    nobody guesses one from its SHA-256, and equal tokens do not happen.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _describe(row: Token) -> TokenInfo:
    return TokenInfo(row.name, Role(row.role), row.created_at, row.revoked_at)
