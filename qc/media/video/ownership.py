"""What a clip's metadata gives away: where it was filmed, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Options, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video._probe import Probe
from qc.media.video.container import REQUIRES

LOCATION = Rule(
    id="privacy-video-location",
    severity=Severity.ERROR,
    title=Text(vi="Clip chứa tọa độ nơi quay", en="The clip contains where it was filmed"),
    message=Text(
        vi="Siêu dữ liệu của clip chứa tọa độ nơi quay ({where})",
        en="The metadata of the clip contains coordinates ({where})",
    ),
    why=Text(
        vi="Ai tải clip về cũng đọc được nơi quay, có thể là nhà riêng của học sinh, giáo viên.",
        en="Whoever downloads it learns the place, perhaps the home of a pupil or teacher.",
    ),
    fix=Text(
        vi="Xóa siêu dữ liệu vị trí trước khi đăng; qc fix làm được việc này.",
        en="Remove the location before publishing; qc fix does it.",
    ),
    masks=True,
)
RIGHTS = Rule(
    id="video-rights-stated",
    severity=Severity.INFO,
    title=Text(vi="Clip ghi tên chủ bản quyền", en="The clip names an owner of rights"),
    message=Text(
        vi="Clip ghi bản quyền hoặc tác giả: {holder}",
        en="The clip states copyright or author: {holder}",
    ),
    why=Text(
        vi="Tên ghi trong tệp cho biết clip có thể là của đơn vị khác.",
        en="The name in the file tells that the clip may belong to somebody else.",
    ),
    fix=Text(
        vi="Kiểm tra quyền sử dụng và ghi nguồn dưới clip.",
        en="Make sure it may be used and credit the source.",
    ),
)

COORDINATES = regex(r"[+-]\d{1,3}(?:\.\d+)?[+-]\d{1,3}(?:\.\d+)?")
RIGHTS_TAGS = ("copyright", "artist", "author", "album_artist", "com.apple.quicktime.artist")
TRACKS = {"gpmd": "GoPro", "camm": "Camera Motion"}
XMP_PLACE = regex(rb"exif:GPS(?:Latitude|Longitude)\b[^<]{0,12}\d")


@check(LOCATION, RIGHTS, subject=Video, requires=REQUIRES)
def clip_metadata(video: Video, options: Options) -> Iterator[Finding]:
    """Location and rights tags of the container, its streams and its XMP."""
    if not _clip.decodable(video):
        return
    found = _clip.probe(video)
    where = _place(found)
    if where is None and XMP_PLACE.search(_clip.xmp(video)):
        where = "XMP"
    if where is not None:
        yield LOCATION.at(video, where=where)
    holders = dict.fromkeys(
        " ".join(value.split())[:80]
        for name, value in found.tags
        if name.partition("-")[0] in RIGHTS_TAGS and value.strip()
    )
    if holders:
        yield RIGHTS.at(video, holder="; ".join(holders))


def _place(found: Probe) -> str | None:
    """The name of the tag or track that holds coordinates."""
    for name, value in found.tags:
        if ("location" in name or "gps" in name or name == "xyz") and COORDINATES.search(value):
            return name
    for stream in found.streams:
        maker = TRACKS.get(stream.values.get("codec_tag_string", ""))
        if maker:
            return f"{maker} GPS"
    return None
