"""Made-up packs of 36 countries, photographed: to measure what can be read from packs alone."""

from engine.catalog.demo.packs.generate import PackDemo, generate_packs

__all__ = ["PackDemo", "generate_packs"]
