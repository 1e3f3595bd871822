"""The catalog's version and model, which every write and every index goes by."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.catalog.models import CatalogState


class StateQueries:
    """Queries of the one row of state; the caller owns the transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def version(self) -> int:
        """Return the number that rises with every committed change."""
        return self._session.scalars(select(CatalogState.version)).one()

    def touch(self) -> int:
        """Raise the version, once a transaction, and return it; every write calls this."""
        self._session.connection()  # begins a transaction where none is
        session = self._session
        transaction = session.get_nested_transaction() or session.get_transaction()
        touched_in, version = session.info.get("touched", (None, 0))
        if touched_in is not transaction:
            raised = update(CatalogState).values(version=CatalogState.version + 1)
            version = session.execute(raised.returning(CatalogState.version)).scalar_one()
            session.info["touched"] = (transaction, version)
        return int(version)

    def model(self) -> str:
        """Return the name of the encoder that the catalog is searched by."""
        return self._session.scalars(select(CatalogState.model)).one()

    def set_model(self, name: str) -> None:
        """Search the catalog by another encoder from now on."""
        if name != self.model():
            self.touch()
            self._session.execute(update(CatalogState).values(model=name))
