"""Parts of the engine that follow the catalog when another process switches its encoder."""

import logging
import threading

from engine.catalog.store import CatalogStore
from engine.errors import ModelError, ModelSwitchedError
from engine.wiring import Parts, build_parts, open_encoder

log = logging.getLogger(__name__)


class LiveParts:
    """Holds the parts around one encoder, and loads another when the catalog is searched by it.

    Whoever works goes on with the parts that it was given: the vectors of two encoders never meet,
    for an index belongs to one. An encoder that the settings name is kept whatever happens.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._model = self._searched_by()
        self._problem = ""

    @property
    def parts(self) -> Parts:
        """The parts in use, which may be of an encoder that the catalog has left by now."""
        return self._parts

    def follow(self) -> Parts:
        """Return the parts for the encoder that the catalog is searched by now.

        One SELECT where it is the same as before; after a switch the first caller loads it, which
        takes as long as a start, and the others wait.

        Raises
        ------
        ModelSwitchedError
            If that encoder cannot be loaded.
        """
        with self._lock:
            model = self._searched_by()
            if model != self._model:
                self._switch(model)
                self._model = model
            if self._problem:
                raise ModelSwitchedError(self._problem)
            return self._parts

    def _searched_by(self) -> str:
        with self._parts.sessions() as session:
            return CatalogStore(session).model()

    def _switch(self, model: str) -> None:
        """Load an encoder; one that fails is not tried again until the catalog names another."""
        old, self._problem = self._parts, ""
        if old.settings.model is not None or model == old.encoder.name:
            return
        try:
            encoder = open_encoder(old.settings, model)
        except ModelError as error:
            self._problem = (
                f"the catalog is searched by the model {model!r} now, which this service cannot "
                f"load: {error}; put that right and restart the service"
            )
            log.exception("the catalog was switched to the model %r", model)
            return
        self._parts = build_parts(old.settings, old.database, encoder, old.extractor)
        self._parts.index.save()
        log.info("the catalog was switched to the model %r, which is in use now", model)
