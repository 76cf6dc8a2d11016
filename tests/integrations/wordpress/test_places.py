"""Finding the place of a finding in a text of an editor (assets/places.js), in Chromium."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scripts.wordpress_languages import PLUGIN

pytestmark = pytest.mark.browser

NFD = unicodedata.normalize("NFD", "Các em nghành học")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=str(PLUGIN / "assets" / "places.js"))
    yield page
    page.close()


CASES: dict[str, tuple[str, dict[str, str], str | None]] = {
    "once": ("Các em nghành học", {"excerpt": "nghành", "before": "Các em "}, "nghành"),
    "not there": ("Các em học", {"excerpt": "nghành"}, None),
    "empty text": ("", {"excerpt": "nghành"}, None),
    "no excerpt": ("Các em", {"excerpt": ""}, None),
    "decomposed": (NFD, {"excerpt": unicodedata.normalize("NFD", "nghành")}, None),
    "white space": ("Các\u00a0em\n nghành  học", {"excerpt": "em nghành học"}, "em\n nghành  học"),
    "around a picture": ("Các em ngh\ufffcành", {"excerpt": "nghành"}, "ngh\ufffcành"),
    "after an emoji": ("😀 nghành", {"excerpt": "nghành", "before": "😀 "}, "nghành"),
    "masked": (
        "Gọi 0912345678 để hỏi",
        {"excerpt": "091****678", "before": "Gọi ", "after": " để hỏi"},
        "0912345678",
    ),
    "masked, nothing around": ("0912345678", {"excerpt": "091****678"}, None),
    "masked, elsewhere": (
        "Không có gì ở đây",
        {"excerpt": "091****678", "before": "Gọi ", "after": " để"},
        None,
    ),
}


def find(page: Page, text: str, location: dict[str, str]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = page.evaluate(
        "([text, place]) => { const found = qcGatePlaces.findPlace(text, place);"
        "return found && {...found, words: text.slice(found.start, found.end)}; }",
        [text, location],
    )
    return found


@pytest.mark.parametrize("case", CASES)
def test_place(page: Page, case: str) -> None:
    text, location, words = CASES[case]
    found = find(page, text, location)
    if case == "decomposed":
        assert found is not None
        assert text[found["start"] : found["end"]] == location["excerpt"]
        return
    assert (found and found["words"]) == words


@pytest.mark.parametrize(
    ("before", "after", "start"),
    [("Một ", " hai", 4), ("Ba ", " bốn", 20)],
    ids=["first", "second"],
)
def test_of_several_the_one_with_the_same_neighbours(
    page: Page, before: str, after: str, start: int
) -> None:
    text = "Một nghành hai. Ba  nghành bốn."
    found = find(page, text, {"excerpt": "nghành", "before": before, "after": after})
    assert found is not None
    assert found["start"] == start


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://a.vn/wp-content/uploads/2026/11/hoi-300x200.jpg?x=1", "hoi.jpg"),
        ("uploads/2026/11/hoi-scaled.jpg", "hoi.jpg"),
        ("uploads/hoi-2x.jpg", "hoi-2x.jpg"),
        ("uploads/ng%C3%A0y.jpg", "ngày.jpg"),
        ("uploads/100%.jpg", "100%.jpg"),
        ("", ""),
    ],
)
def test_name_of_a_file(page: Page, address: str, name: str) -> None:
    assert page.evaluate("qcGatePlaces.fileName", address) == name
