"""Where in which catalog's history an index stands.

A version number alone is not enough: after a backup is put back, the next change gets a number
that the index has seen already, for another change. So every version carries a random mark, made
by a trigger of the database; two databases that share the mark of a version share all before it.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.catalog.models import CatalogChange, CatalogState


@dataclass(frozen=True)
class Moment:
    """A version of one catalog; the mark tells it from the same version of another."""

    version: int
    mark: str


NEVER = Moment(-1, "never")
"""A moment that no catalog has had."""


def present_moment(session: Session) -> Moment:
    """Return the version that the session sees."""
    statement = select(CatalogState.version, CatalogChange.mark).outerjoin(
        CatalogChange, CatalogChange.version == CatalogState.version
    )
    version, mark = session.execute(statement).one()
    return Moment(version, mark or "")


def was_moment(session: Session, moment: Moment) -> bool:
    """Tell whether the catalog that the session sees is, or once was, at this moment."""
    mark = session.scalar(select(CatalogChange.mark).filter_by(version=moment.version))
    return (mark or "") == moment.mark and moment.version <= present_moment(session).version
