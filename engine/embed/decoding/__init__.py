"""Pictures of hostile origin: what their bytes declare is checked before anything is decoded."""
