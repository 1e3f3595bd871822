"""Keeps the hub libraries off the network: the engine calls out only when told to fetch a model.

`huggingface_hub` and `transformers` look for newer files at each load, unless these variables
are set when they are imported.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",  # only an edge prints
}
_HUB_CONSTANTS = "huggingface_hub.constants"


def stay_offline() -> None:
    """Tell the hub libraries, imported already or not, to use what is on this machine."""
    os.environ.update(_VARIABLES)
    if _HUB_CONSTANTS in sys.modules:
        _set_hub_offline(is_offline=True)


@contextmanager
def lifted() -> Iterator[None]:
    """Let the hub be reached inside the block: for `engine model pull` and nothing else."""
    _set_hub_offline(is_offline=False)
    try:
        yield
    finally:
        _set_hub_offline(is_offline=True)


def _set_hub_offline(*, is_offline: bool) -> None:
    """Change what the hub library read from the variable when it was imported."""
    from huggingface_hub import constants  # noqa: PLC0415  # half a second, for a pull alone

    constants.HF_HUB_OFFLINE = is_offline
