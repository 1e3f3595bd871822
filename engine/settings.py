"""Settings: one frozen object, from `ENGINE_...` variables and command-line options."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1 << 20


class Settings(BaseSettings):
    """What a person may set; each field is read from the variable `ENGINE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="ENGINE_", frozen=True, extra="ignore")

    data: Path = Field(
        default_factory=lambda: user_data_path("engine", appauthor=False),
        description="data folder: database, pictures, index, models",
    )
    model: str | None = Field(
        default=None, description="encoder; by default the one that the catalog was indexed with"
    )
    device: str = Field(default="cpu", description="torch device: cpu, cuda, cuda:1, mps")
    threads: int = Field(
        default=0,
        ge=0,
        description="threads for one embedding by an open_clip model; 0 = one for each core; "
        "the compact encoder shares its looks out to all cores",
    )
    details: bool = Field(
        default=True,
        description="compare printed details, words and barcodes beside the look; "
        "off, a search takes a fifth of the time and finds less",
    )
    ocr: bool = Field(
        default=True,
        description="read the words of crops; off, a search is quicker, finds less, and crops "
        "give no clues to countries by words; reference images are read all the same",
    )
    unknown_prior: float = Field(
        default=0.2,
        gt=0.0,
        lt=1.0,
        description="share of crops whose product is not in the catalog, before looking",
    )
    country_prior: str = Field(
        default="",
        description="weights of countries before looking, such as SE=3,NO=1,*=0.1 "
        "(* = every other); empty = all alike",
    )

    max_image_bytes: int = Field(default=20 * MEBIBYTE, gt=0)
    max_image_pixels: int = Field(default=50_000_000, gt=0)
    max_upload_bytes: int = Field(default=100 * MEBIBYTE, gt=0)
    max_images_per_request: int = Field(default=16, gt=0)

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    max_waiting: int = Field(
        default=32, ge=0, description="searches that may wait; one more is answered 503"
    )

    @property
    def calibrations_path(self) -> Path:
        """Fusion models that were fitted on this data folder."""
        return self.data / "calibrations.json"

    @property
    def market_fit_path(self) -> Path:
        """What was fitted on this data folder for clues to countries."""
        return self.data / "market_fit.json"

    @property
    def database_path(self) -> Path:
        """The SQLite file that holds the catalog."""
        return self.data / "catalog.sqlite3"

    @property
    def images_dir(self) -> Path:
        """Content-addressed reference pictures and their thumbnails."""
        return self.data / "images"

    @property
    def quality_hits_path(self) -> Path:
        """How often crops of each quality were recognised on this data folder."""
        return self.data / "quality_hits.json"

    @property
    def index_dir(self) -> Path:
        """Saved vector indexes, one file for each model."""
        return self.data / "index"

    @property
    def models_dir(self) -> Path:
        """Encoders that were pulled from a hub."""
        return self.data / "models"
