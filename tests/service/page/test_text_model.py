"""The text on the page is the text that the service reads, letter by letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from unicodedata import normalize

import pytest

from qc.documents.load import Source, load
from tests.service.page.conftest import Opened

pytestmark = pytest.mark.browser
BODIES = {
    "paragraphs": "<p>Một đoạn.</p><p>Hai đoạn.</p>",
    "empty": "",
    "blank-paragraph": "<p>Một</p><p><br></p><p>&nbsp;</p><p>Hai</p>",
    "spaces": "<p>  Hai  dấu   cách  </p><p>a\tb\t\tc</p>",
    "no-break-space": "<p>05&nbsp;lớp&nbsp; học</p>",
    "inline": "<p>Ngày <b>hội </b><i> đọc</i> sách, <u>năm</u> 2024</p>",
    "split-word": "<p>t<b>r</b>ường</p>",
    "links": '<p>xem<a href="/a">tin</a>mới và <a href="https://a.vn">trang</a>.</p>',
    "breaks": "<p>Một <br> hai<br><br>ba<br></p><p><br>bốn</p>",
    "signs": "<p>5 &lt; 7 &amp; 8 &gt; 3 &amp;amp; \"'</p>",
    "lists": "<ul><li>một</li><li>hai<ul><li>ba</li></ul></li></ul><p>bốn</p>",
    "table": "<table><tr><th>Lớp</th><th>Số</th></tr><tr><td>1A</td><td></td></tr></table>",
    "quote-code": "<blockquote>trích</blockquote><pre>a  b\n  c\n</pre>",
    "headings": "<h2>Mục</h2><p>chữ</p><h3> Mục con </h3>",
    "astral": "<p>😀 khai 😀giãng</p>",
    "nfd": f"<p>{normalize('NFD', 'khai giãng năm học mới')}</p>",
    "picture": '<p>trước<img src="anh/a.jpg">sau</p><p><img src="b.jpg"></p>',
    "loose": "chữ rời <b>đậm</b><p>đoạn</p>rời nữa",
}


@pytest.fixture(scope="module")
def models(browser: object, address: str) -> dict[str, dict[str, str]]:
    """What the page sends and reads for each body."""
    context = browser.new_context()  # type: ignore[attr-defined]
    page = Opened(context, address).page
    read = """async (bodies) => {
      const {clean} = await import("/page/sanitise.js");
      const {readBody} = await import("/page/model.js");
      const {pictureOf} = await import("/page/editor.js");
      const out = {};
      for (const [name, html] of Object.entries(bodies)) {
        const root = document.createElement("div");
        root.append(clean(html, pictureOf).fragment);
        const {model, html: sent} = readBody(root);
        out[name] = {text: model.text, sent};
      }
      return out;
    }"""
    found: dict[str, dict[str, str]] = page.evaluate(read, BODIES)
    context.close()
    return found


@pytest.mark.parametrize("name", BODIES)
def test_the_page_reads_as_the_service(name: str, models: dict[str, dict[str, str]]) -> None:
    sent = models[name]["sent"]
    article = {"title": "t", "body_format": "html", "body": sent}
    source = Source("a.json", data=json.dumps(article).encode(), format="json")
    assert models[name]["text"] == load(source, date(2026, 1, 1)).text("body")


def test_text_typed_into_the_page_is_sent_as_typed(opened: Callable[..., Opened]) -> None:
    one = opened()
    one.page.click("#body")
    one.page.keyboard.insert_text("hai  dấu cách   và ba <b> & c")
    sent = one.page.evaluate(
        """async () => (await import("/page/model.js"))
             .readBody(document.getElementById("body")).html"""
    )
    source = Source("a.html", data=sent.encode(), format="html")
    assert load(source, date(2026, 1, 1)).text("body") == "hai  dấu cách   và ba <b> & c"
