"""From bytes to features: decoding, encoders, embeddings."""
