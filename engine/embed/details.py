"""Details of a reference image as the database keeps them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PackedDetails:
    """Keypoints, visual words, colours and words, each packed by its own room."""

    version: str
    """Of the extractor that found them."""
    keypoints: bytes
    """At most 40 KB."""
    aggregate: bytes
    """At most 6 KB."""
    palette: bytes
    """400 bytes."""
    words: bytes
    """At most 3 KB."""
