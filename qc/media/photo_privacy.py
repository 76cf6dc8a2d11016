"""Photo privacy: what a camera wrote into a picture may tell strangers where children are."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

GPS_TAG = {0x8825: {1: "N", 2: (21.0, 1.0, 30.0), 3: "E", 4: (105.0, 51.0, 0.0)}}
LOCATION = Rule(
    id="privacy-photo-location",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh chứa tọa độ nơi chụp", en="Image with the place it was taken"),
    message=Text(
        vi="Tệp ảnh chứa tọa độ GPS nơi chụp ({source})",
        en="The file holds the GPS position where it was taken ({source})",
    ),
    why=Text(
        vi="Ai tải ảnh về cũng xem được vị trí của học sinh hoặc nhà của người chụp.",
        en="Anyone who downloads it can see where pupils are, or where the photographer lives.",
    ),
    fix=Text(
        vi="Xóa tọa độ trước khi đăng (lệnh qc fix) và tắt ghi vị trí trong máy ảnh của điện "
        "thoại.",
        en="Remove it before publishing (qc fix), and switch it off in the phone's camera.",
    ),
    basis=("356-4", "56-33"),
    examples=Examples(bad=(draft(photo(800, 533, exif=GPS_TAG)),), good=(draft(photo(800, 533)),)),
)
DEVICE = Rule(
    id="privacy-photo-device",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh chứa số máy hoặc tên chủ máy", en="Image with serial number or owner"),
    message=Text(vi="Tệp ảnh chứa {what}", en="The file holds {what_en}"),
    why=Text(
        vi="Số máy và tên chủ máy nối mọi ảnh của một người với nhau.",
        en="Serial numbers and owner names tie all pictures of one person together.",
    ),
    fix=Text(vi="Chạy lệnh qc fix để xóa.", en="Run qc fix to remove them."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(800, 533, exif={0x8769: {0xA430: "Nguyen Van A"}})),),
        good=(draft(photo(800, 533, exif={0x010F: "Canon"})),),
    ),
)
PEOPLE = Rule(
    id="privacy-photo-people-named",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh ghi tên người bên trong tệp", en="Image with names of people inside"),
    message=Text(
        vi="Tệp ảnh ghi tên {count} người có mặt trong ảnh",
        en="The file names {count} people who are in the picture",
    ),
    why=Text(
        vi="Tên gắn với khuôn mặt trẻ em là thông tin riêng tư, cần sự đồng ý của cha mẹ và của "
        "trẻ từ 7 tuổi.",
        en="A name tied to a child's face is private; parents, and children from 7, must agree.",
    ),
    fix=Text(
        vi="Xóa thẻ tên người trong ảnh (lệnh qc fix), hoặc ghi mã đồng ý vào bài.",
        en="Remove the name tags (qc fix), or record the consent in the article.",
    ),
    basis=("56-33", "91-24"),
)


@check(LOCATION, DEVICE, PEOPLE, subject=Image)
def photo_privacy(image: Image, options: Options) -> Iterator[Finding]:
    """Report position, device and people in the metadata; the values are never repeated."""
    picture = picture_of(image)
    if picture is None:
        return
    metadata = picture.metadata
    if metadata.gps is not None:
        yield LOCATION.at(image, source="EXIF" if metadata.exif.gps else "XMP")
    xmp = metadata.xmp
    owner = (
        metadata.exif.owner or xmp.one("aux", "ownername") or xmp.one("exifex", "cameraownername")
    )
    serial = metadata.exif.serials or xmp.all("aux", "serialnumber")
    if owner:
        yield DEVICE.at(image, what="tên chủ máy", what_en="the owner's name")
    elif serial:
        what = "số máy ảnh hoặc ống kính"
        english = "a camera or lens serial number"
        yield DEVICE.at(image, severity=Severity.INFO, what=what, what_en=english)
    people = {
        *xmp.nested("iptcext", "personinimage"),
        *xmp.nested("mwg-rs", "name"),
        *xmp.nested("mpreg", "persondisplayname"),
    }
    if people:
        yield PEOPLE.at(image, count=len(people))
