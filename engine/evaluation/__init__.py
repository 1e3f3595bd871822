"""Evaluation: what `engine eval` reports, one noun a file; `engine.evaluate` composes them."""
