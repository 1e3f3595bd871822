"""Local features: the printed details of a picture, and where they lie."""
