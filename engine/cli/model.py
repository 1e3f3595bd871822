"""`engine model`: the encoders at hand, and fetching another."""
