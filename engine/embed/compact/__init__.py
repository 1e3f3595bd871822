"""The encoder that every machine can install: small ImageNet towers, pictures only."""

from engine.embed.compact.encoder import CompactEncoder
from engine.embed.compact.recipe import COMPACT_NAMES

__all__ = ["COMPACT_NAMES", "CompactEncoder"]
