"""Fixtures of the tests of the embedding room."""

import pytest


@pytest.fixture
def one_thread():
    """Let torch use one thread: several only get in each other's way in a model this small."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
