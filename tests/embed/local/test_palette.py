import numpy as np
import pytest
from PIL import Image

from engine.embed.local.palette import pack_palette, palette_of, unpack_palette
from engine.errors import InvalidInputError


def test_a_stored_palette_comes_back_to_three_digits():
    palette = palette_of(Image.new("RGB", (20, 20), (200, 30, 30)))

    stored = pack_palette(palette)

    assert len(stored) == 400
    np.testing.assert_allclose(unpack_palette(stored), palette, atol=1e-3)


def test_other_bytes_are_no_palette():
    with pytest.raises(InvalidInputError, match="3 bytes are no stored palette of 400"):
        unpack_palette(b"abc")
