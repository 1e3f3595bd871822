"""Photographs of made-up codes: any module width, angle, blur, height and perspective."""

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from engine.embed.codes.gtin import check_digit

FORMAT = zxingcpp.BarcodeFormat
DENSE = 6


def made_up_ean(rng):
    body = "".join(map(str, rng.integers(1, 10, 12)))
    return body + check_digit(body)


def draw_code(text, kind=FORMAT.EAN13):
    """Draw a code with its quiet zones at `DENSE` pixels a module."""
    pixels = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=DENSE), dtype=np.uint8)
    if pixels.shape[0] > 50 * DENSE:
        pixels = pixels[: 40 * DENSE]
    return np.pad(pixels, 10 * DENSE, constant_values=255)


def photograph(code, *, module_px, angle=0.0, blur_px=0.0, perspective=0.0, side_px=0, noise=2.0):
    """Place a drawn code in the middle of a gray picture."""
    height, width = code.shape
    scale = module_px / DENSE
    side = side_px or int(1.2 * scale * np.hypot(width, height))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    points = (flat - [width / 2, height / 2]) * scale
    points = points / (1 + perspective * points[:, :1] / (width * scale / 2))
    turn = np.deg2rad(angle)
    points = points @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
    corners = ((points + side / 2) * 4).astype(np.float32)
    move = cv2.getPerspectiveTransform(flat.astype(np.float32), corners)
    large = cv2.warpPerspective(code, move, (side * 4, side * 4), borderValue=190)
    small = cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA).astype(np.float64)
    if blur_px:
        small = cv2.GaussianBlur(small, (0, 0), blur_px)
    small = 30 + 0.75 * small + np.random.default_rng(5).normal(0, noise, small.shape)
    return Image.fromarray(np.clip(small, 0, 255).astype(np.uint8)).convert("RGB")
