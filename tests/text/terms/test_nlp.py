"""spaCy: token patterns behind a literal, and the component for spaCy's own pipelines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qc.core.discover import check_of
from qc.core.report import Report
from qc.policy.load import load_policy

spacy = pytest.importorskip("spacy")
pytest.importorskip("underthesea")

PATTERN = [{"LOWER": {"IN": ["nhận", "thuê"]}}, {"LOWER": "thi"}, {"LOWER": "hộ"}]
OWN = {"id": "own-thi-ho", "term": "thi hộ", "pattern": PATTERN}


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        pytest.param("Trung tâm nhận thi hộ các môn.", True, id="pattern"),
        pytest.param("Ba thí sinh bị phát hiện thi hộ.", False, id="literal-only"),
        pytest.param("Nhận quà. Cấm thi hộ.", False, id="other-sentence"),
    ],
)
def test_pattern_in_a_policy(check_draft: Callable[..., Report], text: str, raised: bool) -> None:
    policy = load_policy("co-so")
    check = check_of("term-banned")
    assert check is not None
    options = check.options(terms=(OWN,))
    policy = replace(policy, options={**policy.options, check.id: options})
    found = check_draft(f"# Tin của trường\n\n{text}\n", policy).findings
    assert ("term-banned" in {f.rule for f in found}) == raised


def test_component_offers_findings() -> None:
    from qc.text.nlp import _component  # noqa: F401 - registers the factory

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("qc")
    doc = nlp("Mời các bạn soi kèo hôm nay và đọc sách.")
    spans = doc.spans["qc"]
    assert [(span.label_, span.kb_id_) for span in spans] == [("gambling", "warning")]
    assert spans[0].text == "soi kèo hôm nay"


def test_parts_of_speech_reach_the_tokens() -> None:
    from qc.text.nlp._engine import document

    doc = document("Học sinh đọc sách.")
    assert [token._.word for token in doc][:2] == ["học sinh", "học sinh"]
    assert [token.tag_ for token in doc][:3] == ["B-N", "I-N", "B-V"]


def test_straddling_word_is_seen() -> None:
    from qc.text.nlp.patterns import words_straddled

    text = "Chính phủ ban hành quyết định mới."
    start = text.index("hành quyết")
    assert words_straddled(text, start, start + len("hành quyết"))
