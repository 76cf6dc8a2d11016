"""CSS colours, far enough to see whether text stands out from what lies behind it."""

from __future__ import annotations

import re

from qc.core.lazy import regex

Colour = tuple[float, float, float, float]
WHITE: Colour = (255, 255, 255, 1)
_NAMES = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "maroon": (128, 0, 0),
    "purple": (128, 0, 128), "fuchsia": (255, 0, 255), "magenta": (255, 0, 255),
    "lime": (0, 255, 0), "olive": (128, 128, 0), "navy": (0, 0, 128), "teal": (0, 128, 128),
    "aqua": (0, 255, 255), "cyan": (0, 255, 255), "orange": (255, 165, 0),
    "snow": (255, 250, 250), "ivory": (255, 255, 240), "azure": (240, 255, 255),
    "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240),
    "mintcream": (245, 255, 250), "seashell": (255, 245, 238), "linen": (250, 240, 230),
    "aliceblue": (240, 248, 255), "honeydew": (240, 255, 240), "gainsboro": (220, 220, 220),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "darkblue": (0, 0, 139),
    "darkred": (139, 0, 0), "brown": (165, 42, 42), "pink": (255, 192, 203),
    "gold": (255, 215, 0),
}  # fmt: skip
_NUMBER = regex(r"([+-]?(?:\d+\.?\d*|\.\d+))(%|deg)?")


def parse_colour(text: str) -> Colour | None:
    """Red, green, blue (0-255) and alpha (0-1); None where it cannot be told."""
    text = text.strip().lower()
    if text == "transparent":
        return 0, 0, 0, 0
    if text in _NAMES:
        return (*_NAMES[text], 1)
    if text.startswith("#"):
        return _hexadecimal(text[1:])
    if not text.startswith(("rgb", "hsl")):
        return None
    numbers = [(float(a), unit) for a, unit in _NUMBER.findall(text[:80])]
    if len(numbers) < 3:
        return None
    alpha = 1.0
    if len(numbers) > 3:
        alpha = numbers[3][0] / 100 if numbers[3][1] == "%" else numbers[3][0]
    if text.startswith("hsl"):
        return (*_hsl(numbers[0][0], numbers[1][0] / 100, numbers[2][0] / 100), min(alpha, 1.0))
    red, green, blue = (a * 2.55 if unit == "%" else a for a, unit in numbers[:3])
    return red, green, blue, min(alpha, 1.0)


def is_same(text: Colour, behind: Colour) -> bool:
    """Whether a reader cannot tell the text from what lies behind it."""
    alpha = text[3]
    if alpha <= 0.06:
        return True
    shown = [a * alpha + b * (1 - alpha) for a, b in zip(text[:3], behind[:3], strict=True)]
    return max(abs(a - b) for a, b in zip(shown, behind[:3], strict=True)) <= 14


def _hexadecimal(digits: str) -> Colour | None:
    if not re.fullmatch(r"[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}", digits):
        return None
    if len(digits) < 6:
        digits = "".join(2 * digit for digit in digits)
    values = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    return values[0], values[1], values[2], values[3] / 255 if len(values) > 3 else 1


def _hsl(hue: float, saturation: float, lightness: float) -> tuple[float, float, float]:
    import colorsys

    red, green, blue = colorsys.hls_to_rgb(hue / 360 % 1, lightness, saturation)
    return red * 255, green * 255, blue * 255
