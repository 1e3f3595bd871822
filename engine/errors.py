"""The tree of errors: raised with the value found, caught only at the edges.

`title` names the kind of problem in a few words; the message says what was found and what to do.
"""


class EngineError(Exception):
    """Anything that the engine reports in words; every other exception is a bug."""

    title = "The engine could not do this"


# --- input -----------------------------------------------------------------------------------


class InvalidInputError(EngineError):
    """A field, an option or a file that cannot mean anything."""

    title = "Invalid input"


class ImageError(InvalidInputError):
    """A picture that the engine cannot take."""

    title = "Unusable picture"


class NotAnImageError(ImageError):
    """Bytes of no format that the engine reads."""

    title = "Not a picture"


class ImageTooLargeError(ImageError):
    """More bytes or pixels than the limits allow."""

    title = "Picture too large"


class UnreadableImageError(ImageError):
    """A picture of a known format whose data are broken or end early."""

    title = "Broken picture"


class BoxOutsideImageError(ImageError):
    """A box that is empty or leaves the picture."""

    title = "Box outside the picture"


class ManifestError(InvalidInputError):
    """A manifest or query file that cannot be read as such."""

    title = "Unusable manifest"


# --- catalog ---------------------------------------------------------------------------------


class NotFoundError(EngineError):
    """Something asked for by name or id does not exist."""

    title = "Not found"


class ConflictError(EngineError):
    """What is to be created exists already."""

    title = "Already there"


class CatalogError(EngineError):
    """The data folder cannot be used as it is."""

    title = "Unusable data folder"


class StaleIndexError(EngineError):
    """Index and catalog disagree: the caller rebuilds."""

    title = "Index out of date"


class CorruptIndexError(StaleIndexError):
    """An index file that is damaged or not an index: the caller rebuilds."""

    title = "Damaged index"


# --- models ----------------------------------------------------------------------------------


class ModelError(EngineError):
    """A model that is missing, damaged or not able to do what is asked."""

    title = "Unusable model"


class ModelSwitchedError(ModelError):
    """The catalog is searched by another model than the one that is loaded."""

    title = "Model switched"


class NetworkError(ModelError):
    """A download was asked for and the hub could not be reached."""

    title = "No network"


# --- service ---------------------------------------------------------------------------------


class BusyError(EngineError):
    """The queue of waiting searches is full."""

    title = "Busy"
