"""Clues: what a pack itself says about countries; one file a kind, tables beside them."""
