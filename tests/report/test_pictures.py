"""Pictures in the HTML report: small, upright, with the regions of their findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from qc.cli.main import main
from qc.media._examples import bars, encode, scene


@pytest.mark.parametrize("tag", [1, 6])
def test_a_region_lies_where_the_reader_sees_it(tag: int, tmp_path: Path) -> None:
    """Bars above and below a photo, also where the file is stored lying on its side."""
    upright = bars(100)(scene(1000, 800))
    stored = upright if tag == 1 else upright.rotate(90, expand=True)
    (tmp_path / "anh.jpg").write_bytes(encode(stored, exif={0x0112: tag}))
    draft = tmp_path / "bai.md"
    draft.write_text("# Ngày hội\n\n![Học sinh trồng cây](anh.jpg)\n", encoding="utf-8")
    report = tmp_path / "report.html"
    main(["check", str(draft), "--format", "html", "--output", str(report)])
    page = etree.HTML(report.read_text(encoding="utf-8"))
    (picture,) = page.xpath('//div[@class="frame"]/img')
    assert (picture.get("width"), picture.get("height")) == ("640", "640")
    assert picture.get("src").startswith("data:image/jpeg;base64,")
    (box,) = page.xpath('//div[@class="frame"]//rect')
    place = [float(box.get(name)) for name in ("x", "y", "width", "height")]
    assert place == pytest.approx([0, 0, 100, 10], abs=1)
