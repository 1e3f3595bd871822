"""Names the product in a crop of an everyday object, and the countries where it is sold."""

__version__ = "0.1.0"
