"""Kinds of labelled crops: how what a crop shows stands to the catalog."""

KNOWN, UNKNOWN = "known", "unknown"
"""The catalog has the crop's product, or lacks it."""

FOREIGN, SIBLING, UNSPECIFIED = "foreign", "sibling", "unspecified"
"""Unknown crops: the catalog has no product of the brand; it has; the brand is not told."""

STRUCK, BRAND_STRUCK = "struck", "brand struck"
"""Known crops, searched as if the catalog lacked their product, or all products of its brand."""
