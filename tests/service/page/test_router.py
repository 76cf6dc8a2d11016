"""The routes that only the page uses."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from scripts.office import Paragraph, docx

DRAFT = docx([Paragraph("Lễ khai giảng", "Title"), Paragraph("Sáng nay khai giãng , vui.")])


def test_the_page_is_served_in_two_languages(service: TestClient) -> None:
    vietnamese, english = service.get("/"), service.get("/?lang=en")
    assert '<html lang="vi">' in vietnamese.text
    assert '<html lang="en">' in english.text
    assert "default-src 'none'" in vietnamese.headers["content-security-policy"]
    assert vietnamese.headers["cache-control"] == "no-cache"


def test_every_file_that_the_page_names_is_there(service: TestClient) -> None:
    first = service.get("/page/app.js")
    assert first.headers["content-type"].startswith("text/javascript")
    again = service.get("/page/app.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("page.css", "panel.css", "icon.svg", "picture.svg"):
        assert service.get(f"/page/{name}").status_code == 200
    for name in ("words.py", "..%2fwords.py", "page.html.j2", ""):
        assert service.get(f"/page/{name}").status_code == 404


def test_open_gives_text_and_no_markup(service: TestClient) -> None:
    answer = service.post("/page/open", files={"files": ("a.docx", DRAFT)})
    assert answer.headers["cache-control"] == "no-store"
    shown = answer.json()
    assert shown["format"] == "docx"
    assert [each["text"] for each in shown["blocks"]] == ["Sáng nay khai giãng , vui."]
    refused = service.post("/page/open", files={"files": ("a.docx", b"PK")})
    assert refused.status_code == 422
    assert refused.json()["error"]["message"]


def test_fixed_writes_what_it_is_told(service: TestClient) -> None:
    shown = service.post("/page/open", files={"files": ("a.docx", DRAFT)}).json()
    texts = [[shown["blocks"][0]["id"], "Sáng nay khai giảng, vui."]]
    data = {"texts": json.dumps(texts), "added": "1"}
    answer = service.post("/page/fixed", files={"file": ("bài 1.docx", DRAFT)}, data=data)
    assert answer.status_code == 200
    assert answer.headers["x-qc-changes"] == "made=1; left=1"
    assert "b%C3%A0i%201-da-sua.docx" in answer.headers["content-disposition"]
    again = service.post("/page/open", files={"files": ("a.docx", answer.content)}).json()
    assert again["blocks"][0]["text"] == "Sáng nay khai giảng, vui."


def test_fixed_without_texts_applies_the_safe_fixes(service: TestClient) -> None:
    answer = service.post("/page/fixed", files={"file": ("a.docx", DRAFT)})
    assert answer.headers["x-qc-changes"].startswith("made=")
    again = service.post("/page/open", files={"files": ("a.docx", answer.content)}).json()
    assert " ," not in again["blocks"][0]["text"]


WRONG = ["", "{", "[[1]]", '[["1", "a"]]', "[[1, 2]]", "[" * 5000, "[[true, 1]]", '{"a": 1}']


@pytest.mark.parametrize("texts", WRONG)
def test_fixed_refuses_other_texts(texts: str, service: TestClient) -> None:
    answer = service.post("/page/fixed", files={"file": ("a.docx", DRAFT)}, data={"texts": texts})
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == "texts"


def test_fixed_refuses_what_is_no_draft(service: TestClient) -> None:
    for files in ({"file": ("a.exe", b"MZ")}, {"other": ("a.docx", DRAFT)}):
        assert service.post("/page/fixed", files=files).status_code == 422


def test_the_report_shows_the_text(service: TestClient) -> None:
    html = service.post("/page/report", files={"files": ("a.docx", DRAFT)}).text
    assert "Sáng nay khai" in html
    assert "<mark" in html
    assert "<script" not in html
