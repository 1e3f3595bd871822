"""Models on disk: fetched when asked, pinned by hash, loaded with the network switched off."""
