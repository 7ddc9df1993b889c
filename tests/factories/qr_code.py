"""What a telephone's camera reads from a QR code, decoded by a library that did not draw it."""

from __future__ import annotations

import re

import zxingcpp

__all__ = ["read_pixels", "read_svg"]

_SVG = re.compile(r'<svg viewBox="0 0 (\d+) (\d+)" class="qr">(.*?)</svg>', re.DOTALL)
_STROKES = re.compile(r'stroke="#000" d="([^"]+)"')
_STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")
_PIXELS = 4


def read_svg(page: str) -> str:
    """Return what the one code of a page says, painted line by line as its SVG is."""
    ((across, down, inside),) = _SVG.findall(page)
    (strokes,) = _STROKES.findall(inside)
    width, height = int(across) * _PIXELS, int(down) * _PIXELS
    pixels = bytearray(b"\xff" * (width * height))
    x = y = 0.0
    for step, first, second in _STEP.findall(strokes):
        if step == "h":
            left, right = round(x * _PIXELS), round((x + float(first)) * _PIXELS)
            for row in range(round((y - 0.5) * _PIXELS), round((y + 0.5) * _PIXELS)):
                pixels[row * width + left : row * width + right] = bytes(right - left)
            x += float(first)
        elif step == "m":
            x, y = x + float(first), y + float(second)
        else:
            x, y = float(first), float(second)
    return read_pixels(bytes(pixels), width=width, height=height)


def read_pixels(grey: bytes, *, width: int, height: int) -> str:
    """Return what the one code in an image says, a byte of grey a pixel."""
    (found,) = zxingcpp.read_barcodes(memoryview(grey).cast("B", (height, width)))
    return str(found.text)
