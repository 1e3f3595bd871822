"""The OCR networks: files on this machine, known by their hashes, never fetched.

The detector of PP-OCRv4 is shipped here, because it stands frames and tilt that PP-OCRv6's does
not, and is three times as fast. The recogniser of PP-OCRv6 lies in the package `rapidocr`, whose
code is not imported: it would download what it misses. Both models are PaddleOCR's, Apache-2.0.
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from engine.errors import ModelError


@dataclass(frozen=True)
class ModelFile:
    """A network's file and the hash that it must have."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """Return the network; ModelError if it is missing or not the one that was measured."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"the OCR model {self.path} cannot be read: {error}") from error
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise ModelError(
                f"the OCR model {self.path} has the hash {found[:12]}, not {self.sha256[:12]}: "
                "install the packages in the versions that the engine asks for"
            )
        return data


def detector_file() -> ModelFile:
    """Return the detector of lines: `ch_PP-OCRv4_det_infer.onnx` of rapidocr-onnxruntime 1.4.4."""
    return ModelFile(
        Path(__file__).parent / "weights" / "PP-OCRv4_det_mobile.onnx",
        "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
    )


def recogniser_file() -> ModelFile:
    """Return the recogniser of rapidocr 3.10: 18,708 characters, Latin and East Asian."""
    package = find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise ModelError("the OCR models are missing: install the package rapidocr")
    return ModelFile(
        Path(package.submodule_search_locations[0]) / "models" / "PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    )


class Network:
    """Runs one ONNX file on the processor; safe to call from threads."""

    def __init__(self, file: ModelFile, n_threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Sizes change with every picture: an arena would keep the largest ever seen.
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            file.read(), options, providers=["CPUExecutionProvider"]
        )

    def run(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's only output for a batch of shape (n, 3, height, width)."""
        name = self._session.get_inputs()[0].name
        return np.asarray(self._session.run(None, {name: pixels})[0], dtype=np.float32)

    def metadata(self, key: str) -> str:
        """Return a text that the file carries, such as `character`."""
        return str(self._session.get_modelmeta().custom_metadata_map[key])
