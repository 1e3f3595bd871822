"""From bytes to features: decoding, encoders, embeddings."""

from engine.embed.models.offline import stay_offline

stay_offline()  # here, because it must run before any module of this room imports a hub library
