"""Captions: who cannot hear must be able to follow a clip that is heard (WCAG 1.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Confidence, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video.container import REQUIRES

CAPTIONS_MISSING = Rule(
    id="video-captions-missing",
    severity=Severity.WARNING,
    title=Text(vi="Clip có tiếng nhưng không có phụ đề", en="A clip with sound has no captions"),
    message=Text(
        vi="Clip có tiếng nhưng không kèm phụ đề, cũng không có lời tóm tắt",
        en="The clip has sound but neither captions nor a summary",
    ),
    why=Text(
        vi="Người khiếm thính, và người xem ở nơi phải tắt tiếng, không theo dõi được nội dung.",
        en="Deaf people, and all who watch without sound, cannot follow it.",
    ),
    fix=Text(
        vi="Thêm tệp phụ đề (.vtt) bằng thẻ track, hoặc viết lời tóm tắt ngay dưới clip.",
        en="Add a .vtt file with a track element, or a summary below the clip.",
    ),
    basis=("32-17",),
)


@check(CAPTIONS_MISSING, subject=Video, options=_clip.ClipOptions, requires=REQUIRES)
def clip_captions(video: Video, options: _clip.ClipOptions) -> Iterator[Finding]:
    """Whether a clip that is heard has a track, a subtitle stream, or at least a summary."""
    if video.captions or not _clip.decodable(video):
        return
    found = _clip.probe(video)
    if found.of("subtitle") or (found.video and found.video.values.get("closed_captions") == "1"):
        return
    heard = _clip.sound(video, thorough=options.thorough)
    if heard is None or heard.soundless:
        return
    if (video.caption or "").strip():
        return
    yield CAPTIONS_MISSING.at(video, confidence=Confidence.MEDIUM)
