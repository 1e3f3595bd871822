"""Text: what is written in a picture, and which products show the same words."""
