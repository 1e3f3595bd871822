"""Names the product in a crop of an everyday object, and the countries where it is sold."""

import os

__version__ = "0.1.0"

# ONNX Runtime from 1.29 on reports to its maker unless this stands before it is imported
# (microsoft/onnxruntime, pull request 27379). The engine calls nobody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
