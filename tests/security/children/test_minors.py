"""Named minors, portraits and consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qc.core.article import Article
from qc.security.children import _minors
from qc.security.children.consent import consent
from qc.security.children.named_minor import named_minor, sentences

NAMED = [
    ("abuse", "Em Nguyễn Văn Bình bị bạn đánh ngay cổng trường.", "error"),
    ("discipline", "Nhà trường kỷ luật em Trần Thu Hà vì gây gổ.", "error"),
    ("illness", "Cháu Lan mắc bệnh tim từ nhỏ.", "warning"),
    ("hardship", "Em Lê Minh có hoàn cảnh khó khăn.", "warning"),
    ("age", "Nguyễn Văn Bình (13 tuổi) bị bắt nạt ở lớp.", "error"),
]
UNNAMED = [
    ("initials", "Em N.V.B. bị bạn đánh ngay cổng trường."),
    ("campaign", "Trường Tiểu học Văn Giang tuyên truyền phòng chống xâm hại trẻ em."),
    ("prize", "Em Nguyễn Văn Bình đạt giải Nhất."),
    ("next-sentence", "Em Lê Minh đạt giải. Nhà trường phòng chống bạo hành."),
    ("general", "Học sinh khuyết tật được miễn học phí."),
    ("empty", ""),
]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_minors, "_tagger", lambda: lambda sentence: [])


@pytest.mark.parametrize(("text", "severity"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_named_child(text: str, severity: str, draft: Callable[[str], Article]) -> None:
    found = list(named_minor.run(draft(text), named_minor.options()))
    assert [(f.rule.id, f.severity) for f in found] == [("privacy-minor-named", severity)]
    assert "*" in found[0].facts["name"]


@pytest.mark.parametrize("text", [c[1] for c in UNNAMED], ids=[c[0] for c in UNNAMED])
def test_unnamed_child(text: str, draft: Callable[[str], Article]) -> None:
    assert list(named_minor.run(draft(text or " x"), named_minor.options())) == []


def test_model_is_asked_only_of_sentences_under_suspicion(
    draft: Callable[[str], Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def tag(sentence: str) -> list[tuple[str, str, str, str]]:
        asked.append(sentence)
        return [("Trần Thu Hà", "Np", "B-NP", "B-PER")]

    monkeypatch.setattr(_minors, "_tagger", lambda: tag)
    text = "Ngày hội có Lê Minh An dự. Học sinh Trường A, trong đó Trần Thu Hà, bị bắt nạt."
    found = list(named_minor.run(draft(text), named_minor.options()))
    assert len(asked) == 1
    assert [(f.confidence, f.start) for f in found] == [("low", text.index("Trần Thu Hà"))]


def test_sentences_keep_initials_together() -> None:
    assert [s for _, s in sentences("Em N.V.A. bị đau. Hết.")] == ["Em N.V.A. bị đau.", "Hết."]


def figure(caption: str) -> str:
    return f'<figure><img src="a.jpg" alt="x"><figcaption>{caption}</figcaption></figure>'


PORTRAITS = [
    ("name-and-class", figure("Em Lê Minh An, lớp 5B"), ["error"]),
    ("name", figure("Em Lê Minh An nhận quà"), ["warning"]),
    ("two-names", figure("Em Lê Minh An và em Trần Thu Hà"), []),
    ("group", figure("Học sinh lớp 5B dự lễ khai giảng"), []),
    ("teacher", figure("Cô Nguyễn Thu Hà phát biểu"), []),
]


@pytest.mark.parametrize(("text", "found"), [c[1:] for c in PORTRAITS])
def test_portrait(text: str, found: list[str], draft: Callable[[str], Article]) -> None:
    assert [f.severity for f in consent.run(draft(text), consent.options())] == found


def test_withdrawn_consent_blocks(draft: Callable[[str], Any]) -> None:
    article = draft("---\nconsent_ids: [DY-01]\n---\n\nBài viết.")
    options = consent.options(withdrawn=("DY-01",))
    assert [f.rule.id for f in consent.run(article, options)] == ["privacy-consent-withdrawn"]
    assert list(consent.run(article, consent.options())) == []
