"""Pictures for measuring: photo-like JPEG files, each of another content."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def write_photo(path: Path, megapixels: float, seed: int) -> None:
    """A JPEG of 4:3 with smooth light, edges and a little grain."""
    height = round((megapixels * 1e6 * 3 / 4) ** 0.5)
    width = height * 4 // 3
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (12, 16, 3), dtype=np.uint8)
    light = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 6, (height, width, 1))
    values = np.clip(np.asarray(light, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    Image.fromarray(values).save(path, "JPEG", quality=85)
