"""A made-up catalog of everyday products, and photographs of some of them.

Drawn with Pillow and numpy alone: a demonstration, test data and a load generator in one.
"""

from engine.catalog.demo.generate import DemoCatalog, generate

__all__ = ["DemoCatalog", "generate"]
