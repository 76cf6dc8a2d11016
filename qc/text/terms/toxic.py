"""Toxic comments: what a model trained on the portal's own comments thinks of a text.

It ranks what a person should read first. In articles it is only a note, since formal text holds
nothing toxic that the term lists miss.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from qc.core.article import Block
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check

TOXIC = Rule(
    id="term-toxic",
    severity=Severity.WARNING,
    title=Text(vi="Lời lẽ có thể gây tổn thương", en="Possibly toxic wording"),
    message=Text(
        vi="Đoạn này có thể mang lời lẽ gây tổn thương (mức {score})",
        en="This passage may be toxic (score {score})",
    ),
    why=Text(
        vi="Mô hình học từ bình luận đã kiểm duyệt của cổng thấy đoạn này giống lời công kích.",
        en="A model trained on moderated comments finds it similar to abusive ones.",
    ),
    fix=Text(vi="Đọc kỹ trước khi cho hiển thị.", en="Read it before it is shown."),
    basis=("37-7",),
    examples=Examples(good=("# Ngày hội đọc sách\n\nCác em rất vui.\n",)),
)


class ToxicOptions(Options):
    """Where the model is, and from which score on it speaks."""

    model: str = Field("", description="Model written by `qc train-toxicity`; empty: none")
    profile: Literal["article", "comment"] = Field("article", description="What is checked")
    comment_score: float = Field(0.8, gt=0, lt=1, description="Score that is told in comments")
    article_score: float = Field(0.95, gt=0, lt=1, description="Score that is told in articles")


@check(TOXIC, subject=Block, options=ToxicOptions)
def toxic_wording(block: Block, options: ToxicOptions) -> Iterator[Finding]:
    if not options.model or not block.text.strip():
        return
    from qc.text.terms._toxicity import load

    score = load(options.model).score(block.text)
    comment = options.profile == "comment"
    if score >= (options.comment_score if comment else options.article_score):
        yield TOXIC.at(
            block,
            0,
            len(block.text),
            severity=Severity.WARNING if comment else Severity.INFO,
            confidence=Confidence.LOW,
            score=round(score, 2),
        )
