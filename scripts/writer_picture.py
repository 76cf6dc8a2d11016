"""The picture of docs/writer.md: a page with the underlines and the menu that Writer gets from qc.

    python -m scripts.writer_picture

An illustration: what stands underlined and what the menu says are qc's real answer to the text;
window and menu are drawn by Chromium, in the manner of LibreOffice Writer.
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from qc.policy.load import load_policy
from qc.service.languagetool.answer import answer
from qc.service.languagetool.request import read_request

TARGET = Path(__file__).parent.parent / "docs" / "pictures" / "writer.png"
TEXT = (
    "Sáng 05/9/2025, nhà trường tổ chức lễ khai giãng năm học mới , hơn 500 học sinh tham dự. "
    "Năm nay nhà trường bổ xung hai phòng học; tổng số lớp: xxx. Phụ huynh liên hệ cô An, "
    "điện thoại 0912 345 678, trước ngày 31/9/2025."
)
OPEN = "SPELLING_CONFUSION"
STYLE = """
body { margin: 0; background: #e8e8e8; font-family: 'DejaVu Sans', sans-serif; width: 900px }
.bar { background: #f6f5f4; border-bottom: 1px solid #c8c8c8; padding: 8px 14px; font-size: 13px }
.page { background: white; margin: 18px auto 0; width: 760px; height: 330px; padding: 46px 56px 0;
  box-sizing: border-box; box-shadow: 0 1px 5px #999; position: relative;
  font: 17px/1.75 'DejaVu Serif', serif }
u { text-decoration: underline wavy #c9211e 1.4px; text-underline-offset: 4px }
u.amber { text-decoration-color: #c08000 }
.menu { position: absolute; background: white; border: 1px solid #b0b0b0;
  font: 13px/1.9 'DejaVu Sans';
  box-shadow: 2px 3px 8px #0004; padding: 5px 0; width: 330px; z-index: 2; white-space: normal }
.menu p { margin: 0; padding: 1px 14px }
.menu hr { border: 0; border-top: 1px solid #ddd; margin: 4px 0 }
.menu .why { color: #555 } .menu .pick { background: #3584e4; color: white }
span.at { position: relative }
"""


def page() -> str:
    """The page as HTML."""
    request = read_request({"text": TEXT, "language": "vi"}, max_text=len(TEXT))
    found = answer(request, load_policy("co-so"), today=date(2025, 9, 1), lang="vi")["matches"]
    pieces: list[str] = []
    position = 0
    opened = False
    for match in found:
        start, end = match["offset"], match["offset"] + match["length"]
        pieces.append(escape(TEXT[position:start]))
        kind = "" if match["rule"]["issueType"] == "misspelling" else ' class="amber"'
        menu = "" if opened or match["rule"]["id"] != OPEN else _menu(match)
        opened = opened or bool(menu)
        pieces.append(f'<span class="at"><u{kind}>{escape(TEXT[start:end])}</u>{menu}</span>')
        position = end
    pieces.append(escape(TEXT[position:]))
    bar = "bai-khai-giang.docx — LibreOffice Writer (hình minh họa)"
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
        f'<div class="bar">{bar}</div><div class="page">{"".join(pieces)}</div>'
    )


def _menu(match: dict[str, Any]) -> str:
    picks = "".join(
        f'<p class="{"pick" if index == 0 else ""}">{escape(each["value"])}</p>'
        for index, each in enumerate(match["replacements"])
    )
    return (
        f'<span class="menu" style="left: 10px; top: 30px"><p class="why">'
        f"{escape(match['shortMessage'])}</p><hr>{picks}<hr><p>Bỏ qua</p></span>"
    )


def main() -> None:
    """Draw the picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"]
        )
        shown = browser.new_page(viewport={"width": 900, "height": 400})
        shown.set_content(page())
        shown.screenshot(path=str(TARGET))
        browser.close()


if __name__ == "__main__":
    main()
