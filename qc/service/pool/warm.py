"""Warming: a small article with a picture, so that every model is loaded before the first."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from qc.core.many import expect_many
from qc.documents.load import Source

ARTICLE = """---
title: Trường Tiểu học Hoa Sen tổ chức ngày hội đọc sách
tác giả: Trần Thị Bình
ngày đăng: 22/04/2024
---
Sáng 21/4, trường tổ chức ngày hội đọc sách cho hơn 500 học sinh. Nhà trường đã bổ xung thêm hai
phòng đọc, và xử dụng kinh phí xã hội hóa để mua sách mới cho các em.

![Học sinh đọc sách](anh.png)
"""


def warm(policy: str = "co-so") -> None:
    """Check a built-in article; whatever the verdict, the models are loaded afterwards."""
    from PIL import Image

    from qc.pipeline import inspect
    from qc.policy.load import load_policy

    expect_many()
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        Image.effect_noise((900, 600), 60).convert("RGB").save(Path(folder) / "anh.png")
        body = "".join(f"<p>{each}</p>" for each in ARTICLE.splitlines()[5:] if each)
        sent = json.dumps({"title": "Trường mở ngày hội", "body": body + '<img src="anh.png">'})
        loaded = load_policy(policy)
        for name, data in (("bai.md", ARTICLE.encode()), ("bai.json", sent.encode())):
            inspect(Source(name, data=data, root=Path(folder)), loaded, today=date.today())
