"""Codes: the barcodes of a picture, and the article numbers that they hold."""
