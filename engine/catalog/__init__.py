"""Products, reference pictures and markets: the database and the index derived from it."""
