"""Every format against a real reader, with drafts that try to break it."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import junitparser
import pytest
from lxml import etree
from sarif.loader import load_sarif_file

from qc.cli.main import main
from qc.core.report import Report
from qc.documents.load import Source
from qc.pipeline import identity, inspect_with_article
from qc.policy.load import load_policy
from qc.report.fingerprint import fingerprints
from qc.report.formats import RENDERERS, Rendering, render
from qc.report.table import neutral

SCHEMAS = Path(__file__).parent / "schemas"
TODAY = date(2026, 11, 24)
HOSTILE = """---
tiêu đề: '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{7*7}} ${7*7} ]]>'
tác giả: '=HYPERLINK("http://x","y")'
loại bài: thông báo
---

Đoạn một TODO </script><b onclick=alert(3)>đậm</b> \u202eđảo\u202c , và 😀 lorem ipsum.

[bấm](javascript:alert(4))

| Họ tên | Số |
|---|---|
| xxx | -1 |
"""


@pytest.fixture(scope="module")
def rendering(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    policy = load_policy("co-so")
    folder = tmp_path_factory.mktemp("drafts")
    sources = []
    for name, text in (("a b&c.md", HOSTILE), ("trống.md", "")):
        (folder / name).write_text(text, encoding="utf-8")
        sources.append(Source(name, folder / name, root=folder))
    checked = [inspect_with_article(each, policy, today=TODAY) for each in sources]
    lines = HOSTILE.split("\n")
    return Rendering(
        reports=[report for report, _ in checked],
        policy=identity(policy),
        version="0",
        exit_code=1,
        lang="vi",
        articles=[article for _, article in checked],
        line_of=lambda source, n: lines[n - 1] if source == "a b&c.md" else None,
    )


@pytest.mark.parametrize("format", RENDERERS)
def test_same_bytes_each_time(format: str, rendering: Rendering) -> None:
    assert render(format, rendering) == render(format, rendering)


def test_sarif_fits_the_standards_schema(rendering: Rendering) -> None:
    """The schema of OASIS for SARIF 2.1.0, as the MIT-licensed jest-sarif package carries it."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    log = json.loads(render("sarif", rendering))
    assert [each.message for each in validator.iter_errors(log)] == []
    del log["runs"][0]["tool"]["driver"]["name"]
    assert [each.message for each in validator.iter_errors(log)]


def test_sarif_is_read_by_a_consumer(rendering: Rendering, tmp_path: Path) -> None:
    path = tmp_path / "x.sarif"
    path.write_bytes(render("sarif", rendering))
    read = load_sarif_file(str(path))
    assert read.get_result_count() == len(rendering.reports[0].findings)
    log: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    run = log["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"].get("region", {})
        if "charOffset" in region and "snippet" in region:
            start = region["charOffset"]
            text = HOSTILE[start : start + region["charLength"]]
            assert text == region["snippet"]["text"]
    assert run["invocations"][0]["toolExecutionNotifications"]


def test_junit_is_read_by_a_consumer(rendering: Rendering, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(render("junit", rendering))
    suites = list(junitparser.JUnitXml.fromfile(str(path)))
    assert [suite.name for suite in suites] == ["a b&c.md", "trống.md"]
    assert suites[0].failures > 0
    assert suites[1].errors == 1


def test_github_lines_cannot_be_forged(rendering: Rendering) -> None:
    lines = render("github", rendering).decode().splitlines()
    assert lines
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in lines)


def test_rdjson_columns_count_bytes(rendering: Rendering) -> None:
    data = json.loads(render("rdjson", rendering))
    lines = HOSTILE.split("\n")
    found = 0
    for each in data["diagnostics"]:
        span = each["location"].get("range", {})
        if each["code"]["value"] == "hygiene-placeholder" and "end" in span:
            line = lines[span["start"]["line"] - 1].encode()
            text = line[span["start"]["column"] - 1 : span["end"]["column"] - 1].decode()
            assert text in ("TODO", "lorem ipsum", "xxx", "{{7*7}}")
            found += 1
    assert found == 4


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", " =1"])
def test_cells_start_no_formula(cell: str) -> None:
    assert neutral(cell).startswith("'")
    assert neutral("bình thường") == "bình thường"


def test_csv_has_a_row_for_each_article(rendering: Rendering) -> None:
    text = render("csv", rendering).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert {row[0] for row in rows[1:]} == {"a b&c.md", "trống.md"}
    assert not [c for row in rows for c in row if c.lstrip(" ").startswith(("=", "+", "-", "@"))]


def test_xlsx_holds_no_formula(rendering: Rendering) -> None:
    with ZipFile(BytesIO(render("xlsx", rendering))) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//{*}f")
    assert len(sheet.findall(".//{*}row")) > 2


def test_html_executes_and_loads_nothing(rendering: Rendering) -> None:
    page = render("html", rendering).decode()
    tree = etree.HTML(page)
    assert not tree.findall(".//script")
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            if name in ("href", "src"):
                assert value.startswith(("#", "data:image/")), value
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in re.findall(r"<p class=\"title\">(.*?)</p>", page)[0]
    policy = tree.xpath("//meta[@http-equiv]/@content")[0]
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_html_marks_the_reported_words(rendering: Rendering) -> None:
    tree = etree.HTML(render("html", rendering).decode())
    marked = {"".join(mark.xpath("text()")).strip() for mark in tree.iter("mark")}
    assert {"TODO", "lorem ipsum", "xxx"} <= marked


def test_fingerprint_survives_new_lines_above(rendering: Rendering) -> None:
    report = rendering.reports[0]
    moved = _again(HOSTILE.replace("Đoạn một", "Thêm một dòng mới ở đây.\n\nĐoạn một"))
    before = dict(zip([f.rule for f in report.findings], fingerprints(report), strict=True))
    after = dict(zip([f.rule for f in moved.findings], fingerprints(moved), strict=True))
    assert before["hygiene-placeholder"] == after["hygiene-placeholder"]


def _again(text: str) -> Report:
    source = Source("a b&c.md", data=text.encode(), format="markdown")
    return inspect_with_article(source, load_policy("co-so"), today=TODAY)[0]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_html_in_a_browser(width: int, rendering: Rendering, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert browser_path, "run `make setup-test`"
    path = tmp_path / "report.html"
    path.write_bytes(render("html", rendering))
    messages: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": width, "height": 1000}, bypass_csp=True, offline=True
        )
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        loaded = [url for url in requests if not url.startswith("data:")]
        before = list(messages)
        violations = Axe().run(page).response["violations"]
        browser.close()
    assert loaded == [path.as_uri()]
    assert not before
    assert overflow <= 0
    assert not [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]


def test_binary_format_needs_a_file_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(HOSTILE, encoding="utf-8")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["check", str(path), "--format", "xlsx"]) == 2
    assert "--output" in capsys.readouterr().err
