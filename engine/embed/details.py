"""Details of a reference image as the database keeps them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PackedDetails:
    """Keypoints and words, packed by `Keypoints.to_bytes` and `pack_words`."""

    version: str
    """Of the extractor that found them."""
    keypoints: bytes
    """At most 40 KB."""
    words: bytes
    """At most 3 KB."""
