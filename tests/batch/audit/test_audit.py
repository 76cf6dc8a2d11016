"""The audit from end to end: every seeded defect, the page, the workbook, the JSON."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.audit.build import AuditOrder, audit, split_name
from qc.batch.audit.model import Audit, Gap, Portal, PostRef, json_schema, to_json
from qc.batch.audit.page import to_html
from qc.batch.audit.words import verdict_of
from qc.batch.audit.workbook import to_xlsx
from qc.batch.sources.options import ReadOptions
from qc.cli.app import app
from qc.core.errors import UsageError

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "a"
    write_archive(Order(75, seed=3, years=2, defects=0.8, pictures=8), folder)
    return folder


@pytest.fixture(scope="module")
def found(sample: Path) -> Audit:
    return audit(AuditOrder((f"Trường Tiểu học Mẫu={sample / 'posts.jsonl'}",), AS_OF))


def lines(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "truth.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def posts_of(portal: Portal, rule: str) -> set[str]:
    return {ref.id for each in portal.findings if each.rule == rule for ref in each.posts}


def test_every_seeded_defect_of_the_site_is_found(sample: Path, found: Audit) -> None:
    (portal,) = found.portals
    truth = lines(sample)
    told = {(t["requirement"], t["year"]): t["state"] for t in truth if "requirement" in t}
    seen = {(c.requirement, c.year): c.state for c in portal.cells}
    assert {key: seen[key] for key in told} == told
    planted = {t["rule"]: set[str]() for t in truth if t["post"]}
    for line in truth:
        if line["post"]:
            planted[line["rule"]].add(line["post"])
    assert {"site-link-dead", "site-picture-repeated", "image-missing"} <= set(planted)
    assert posts_of(portal, "site-link-dead") == planted["site-link-dead"]
    assert planted["site-picture-repeated"] <= posts_of(portal, "site-picture-repeated")
    assert posts_of(portal, "site-media-missing") == planted["image-missing"]
    assert posts_of(portal, "site-act-expired") == planted["citation-act-expired"]
    injected = posts_of(portal, "site-injected")
    for rule in ("hidden-display", "hidden-offscreen", "link-gambling", "term-gambling"):
        assert planted.get(rule, set()) <= injected
    gap = next(t for t in truth if t.get("rule") == "site-gap")
    assert [(each.last, each.next) for each in portal.gaps] == [(gap["last"], gap["next"])]
    assert (portal.level, portal.level_from) == ("tieu-hoc", "name")
    assert found.exit_code == 1


def test_repeated_pictures_are_those_of_the_truth(sample: Path, found: Audit) -> None:
    groups = [f for f in found.portals[0].findings if f.rule == "site-picture-repeated"]
    paths = {ref.detail for each in groups for ref in each.posts}
    truth = {t["place"] for t in lines(sample) if t.get("rule") == "site-picture-repeated"}
    first = {t["text"] for t in lines(sample) if t.get("rule") == "site-picture-repeated"}
    assert paths == truth | first


def test_json_fits_its_schema(found: Audit) -> None:
    import jsonschema

    jsonschema.validate(json.loads(to_json(found)), json_schema())
    shipped = (ROOT / "qc/batch/audit/audit-1.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema(), "run `make generate`"


def test_the_same_again_with_more_workers(tmp_path: Path) -> None:
    write_archive(Order(32, years=1, pictures=0), tmp_path / "a")
    source = str(tmp_path / "a/posts.jsonl")
    one = audit(AuditOrder((source,), AS_OF, level="tieu-hoc"))
    two = audit(AuditOrder((source,), AS_OF, level="tieu-hoc", workers=2))
    assert to_json(one) == to_json(two)


def write_lines(path: Path, *posts: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(each) + "\n" for each in posts), encoding="utf-8")
    return str(path)


def test_unread_posts_are_never_good(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    source = write_lines(path, {"id": 1, "title": "Bài", "body": "Nội dung."})
    path.write_text(path.read_text() + "không phải JSON\n", encoding="utf-8")
    (portal,) = audit(AuditOrder((source,), date(2025, 1, 1))).portals
    assert portal.unread_count == 1
    assert portal.verdict != "good"
    assert portal.undated == 1
    assert [ref.id for ref in portal.unread] == ["2"]


def test_nothing_there(tmp_path: Path) -> None:
    result = audit(AuditOrder((write_lines(tmp_path / "x.jsonl"),), AS_OF))
    assert (result.exit_code, result.portals[0].verdict) == (4, "incomplete")
    assert result.portals[0].covered_percent is None
    assert "không có bài nào" in to_html(result)


def test_source_without_addresses_and_pages_says_so(tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "x.jsonl",
        {"id": 1, "title": "Tin của trường", "body": "<p>a</p>", "published_at": "2025-01-02"},
    )
    (portal,) = audit(AuditOrder((source,), date(2025, 3, 1))).portals
    states = {(c.requirement, c.year): c.state for c in portal.cells}
    assert states["section-contact", 2024] == "not-judged"
    what = {each.what for each in portal.not_judged}
    assert {"Liên kết nội bộ", "Tên miền của cổng", "Liên hệ, hỏi đáp"} <= what


@pytest.mark.parametrize(
    ("written", "name", "archive"),
    [
        ("Tiểu học A=a.jsonl", "Tiểu học A", "a.jsonl"),
        ("thu-muc/a.jsonl", "a", "thu-muc/a.jsonl"),
        ("sqlite:///x/a.sqlite?mode=ro", "a", "sqlite:///x/a.sqlite?mode=ro"),
        ("Trường B=sqlite:///b.sqlite", "Trường B", "sqlite:///b.sqlite"),
    ],
)
def test_names_of_portals(written: str, name: str, archive: str) -> None:
    assert split_name(written) == (name, archive)


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(AuditOrder(("khong-co.jsonl",), AS_OF), id="no-such-file"),
        pytest.param(AuditOrder(("x",), AS_OF, level="dai-hoc"), id="no-such-level"),
    ],
)
def test_wrong_orders_are_refused(order: AuditOrder) -> None:
    with pytest.raises(UsageError):
        audit(order)


def hostile(tmp_path: Path) -> Audit:
    evil = "</td><script>alert(1)</script>"
    return audit(
        AuditOrder(
            (
                write_lines(
                    tmp_path / "x.jsonl",
                    {
                        "id": "=1+1",
                        "title": f"=HYPERLINK(1) {evil}",
                        "category": f"@muc {evil}",
                        "url": "javascript:alert(1)",
                        "published_at": "2025-01-02",
                        "body": "<p>nhà cái nổ hũ</p><script>x()</script>",
                    },
                ),
            ),
            date(2025, 3, 1),
            level="thcs",
        )
    )


def test_page_shows_hostile_text_as_text(tmp_path: Path) -> None:
    page = to_html(hostile(tmp_path))
    assert "<script" not in page
    assert not re.search(r'href="(?!#|https?://)', page)
    assert not re.search(r"<[^>]+ style=", page)
    assert "default-src 'none'" in unescape(page)


def test_workbook_starts_no_formula(tmp_path: Path, found: Audit) -> None:
    for result in (hostile(tmp_path), found):
        with zipfile.ZipFile(BytesIO(to_xlsx(result))) as book:
            names = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
            assert len(names) == 7
            strings = book.read("xl/sharedStrings.xml").decode()
            assert not re.search(r"<t[^>]*>\s*[=@]", strings)
            assert not any(b"<f>" in book.read(name) for name in names)
    assert "&apos;=1+1" in strings or "'=1+1" in strings or result is found


def test_workbook_is_the_same_again(found: Audit) -> None:
    assert to_xlsx(found) == to_xlsx(found)


def test_command_writes_each_format(sample: Path, tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "x.jsonl",
        {"id": 1, "title": "Tin của trường", "body": "<p>a</p>", "published_at": "2025-01-02"},
    )
    for format in ("html", "json", "xlsx"):
        out = tmp_path / f"a.{format}"
        arguments = ["audit", source, "--as-of", "2025-03-01", "-f", format, "-o", str(out)]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 1, result.output
        assert out.stat().st_size > 1000


@pytest.mark.parametrize("name", ["x.jsonl", "khong-co/a.html"])
def test_command_refuses_a_target_before_the_work(name: str, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "x.jsonl", {"id": 1, "title": "Tin", "body": "<p>a</p>"})
    before = (tmp_path / "x.jsonl").read_bytes()
    result = CliRunner().invoke(app, ["audit", f"Cổng={source}", "-o", str(tmp_path / name)])
    assert isinstance(result.exception, UsageError)
    assert (tmp_path / "x.jsonl").read_bytes() == before


def with_picture(folder: Path, *names: str) -> str:
    body = "<p>a</p>" + "".join(f'<p><img src="{each}" alt="Sân trường"></p>' for each in names)
    post = {"id": 1, "title": "Tin của trường", "body": body, "published_at": "2025-01-02"}
    return write_lines(folder / "x.jsonl", post)


def test_pictures_are_lost_only_where_the_source_comes_with_some(
    sample: Path, tmp_path: Path
) -> None:
    order = AuditOrder((with_picture(tmp_path, "mat.jpg"),), date(2025, 3, 1))
    (portal,) = audit(order).portals
    assert not posts_of(portal, "site-media-missing")
    assert any("1 bài có ảnh hoặc tệp chưa mở được" in each.what for each in portal.not_judged)
    picture = next(sample.rglob("*.jpg"))
    (tmp_path / "co.jpg").write_bytes(picture.read_bytes())
    with_picture(tmp_path, "mat.jpg", "co.jpg")
    (portal,) = audit(order).portals
    assert posts_of(portal, "site-media-missing") == {"1"}
    assert not any("chưa mở được" in each.what for each in portal.not_judged)


def test_verdict_of_an_injected_portal_says_so(found: Audit) -> None:
    from dataclasses import replace

    (one,) = found.portals
    injected = tuple(each for each in one.findings if each.rule == "site-injected")
    only = replace(one, findings=injected, verdict="lacking")
    assert verdict_of(only)["vi"] == "Chưa đạt: có bài nghi bị chèn nội dung"
    assert verdict_of(replace(one, posts=0))["vi"] == "Chưa xét được: không có bài nào"


def test_page_says_how_much_of_a_list_it_shows(found: Audit) -> None:
    from dataclasses import replace

    (one,) = found.portals
    assert len(one.rules) > 12
    gaps = tuple(Gap(f"2025-0{month}-01", None, 31) for month in range(1, 9))
    unread = tuple(PostRef(str(each), detail="hỏng") for each in range(12))
    shown = replace(one, gaps=gaps, unread=unread, unread_count=40)
    page = to_html(replace(found, portals=(shown,)))
    for words in (f"12 trong {len(one.rules)} quy tắc", "và 2 quãng nữa", "và 30 bài nữa"):
        assert words in page


def silent(folder: Path) -> str:
    """A policy without rules: the coverage does not depend on them."""
    from qc.core.discover import rules

    path = folder / "khong-quy-tac.yaml"
    off = "".join(f"  {id}: off\n" for id in rules())
    path.write_text(f"id: x\ntitle: {{vi: x, en: x}}\nextends: co-so\nrules:\n{off}")
    return str(path)


@pytest.mark.parametrize("format", ["wxr", "wordpress", "nukeviet", "html"])
def test_table_is_right_whatever_the_archive(format: str, tmp_path: Path) -> None:
    order = Order(40, seed=4, years=1, defects=0, pictures=0)
    written = write_archive(order, tmp_path / "a", format)
    hosts = ("truong.edu.vn",) if format == "nukeviet" else ()
    options = ReadOptions(media=tmp_path / "a" if format != "html" else None, hosts=hosts)
    (portal,) = audit(
        AuditOrder((written.target,), AS_OF, "tieu-hoc", silent(tmp_path), options=options)
    ).portals
    told = {
        (t["requirement"], t["year"]): t["state"]
        for t in lines(tmp_path / "a")
        if "requirement" in t
    }
    seen = {(c.requirement, c.year): c.state for c in portal.cells}
    assert {key: seen[key] for key in told} == told
    assert (portal.posts, portal.unread_count) == (40, 0)
    assert not posts_of(portal, "site-link-dead")


def test_comparison_names_what_many_portals_lack(found: Audit) -> None:
    from dataclasses import replace

    (one,) = found.portals
    cells = tuple(
        replace(c, state="missing") if (c.requirement, c.year) == ("annual-report", 2025) else c
        for c in one.cells
    )
    other = replace(one, name="Trường khác", cells=cells)
    page = to_html(replace(found, portals=(one, other)))
    assert "Nội dung nhiều cổng còn thiếu, năm học 2025-2026" in page
    assert "Trường khác" in page


@pytest.fixture
def browser_page() -> Any:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"]
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.browser
def test_page_in_a_browser(found: Audit, tmp_path: Path, browser_page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tmp_path / "a.html"
    both = Audit(
        schema_version=found.schema_version,
        tool=found.tool,
        policy=found.policy,
        lang=found.lang,
        exit_code=1,
        portals=found.portals * 2,
    )
    page.write_text(to_html(both), encoding="utf-8")
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    for width in (390, 1200):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto(page.as_uri())
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
        closed = browser_page.locator("details.rest:not([open])")
        assert closed.count() == 2  # many portals: details of one are opened when they are wanted
        height = browser_page.evaluate("document.documentElement.scrollHeight")
        closed.first.locator("summary").first.click()
        assert browser_page.evaluate("document.documentElement.scrollHeight") > 2 * height
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(browser_page)
        assert results.violations_count == 0, results.generate_report()
    assert not said


def test_documents_that_are_not_read_are_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Ngày hội đọc sách\n\nVui tươi.\n", encoding="utf-8")
    (tmp_path / "cu.doc").write_bytes(b"old Word")
    result = CliRunner().invoke(
        app, ["audit", str(tmp_path), "-f", "json", "--as-of", "2025-03-01"]
    )
    assert "cu.doc" in result.output
