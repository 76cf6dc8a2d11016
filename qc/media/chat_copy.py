"""Chat copies: a photo sent through a chat app has lost its size, its sharpness and its author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import Picture, picture_of

CHAT_COPY = Rule(
    id="image-chat-copy",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh lấy từ ứng dụng nhắn tin", en="Image taken from a chat app"),
    message=Text(
        vi="Ảnh {width}×{height} px có dấu vết của {app}: đã bị thu nhỏ và nén lại",
        en="The {width}×{height} px image shows traces of {app}: shrunk and recompressed",
    ),
    why=Text(
        vi="Ứng dụng nhắn tin thu nhỏ, nén ảnh và xóa tên tác giả; ảnh đăng lên sẽ kém nét.",
        en="Chat apps shrink and recompress pictures and drop the author; they look poor when "
        "published.",
    ),
    fix=Text(
        vi="Xin ảnh gốc: gửi dưới dạng tệp, chọn “HD/ảnh gốc” hoặc gửi qua thư điện tử.",
        en="Ask for the original: sent as a file, as “HD”, or by e-mail.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(
            draft(photo(960, 640), name="z5123456789012_0123456789abcdef0123456789abcdef.jpg"),
            draft(photo(960, 640), name="IMG-20240905-WA0012.jpg"),
        ),
        good=(draft(photo(960, 640), name="z5.jpg"), draft(photo(960, 640), name="IMG_2024.jpg")),
    ),
)
NAMES = (
    ("Zalo", regex(r"z\d{10,16}_[0-9a-f]{20,40}(?:\s*\(\d+\))?")),
    (
        "Facebook/Messenger",
        regex(r"fb_img_\d{10,}|received_\d{8,}|\d{6,}_\d{8,}_\d{8,}_[nobst]"),
    ),
    ("WhatsApp", regex(r"img-\d{8}-wa\d{4}.*|whatsapp image .*")),
    ("Telegram", regex(r"photo_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d.*|photo_\d{15,}_[xyw]")),
    ("Viber", regex(r"viber_image_.*|(?:0-02-)?viber.*\d{4}.*")),
    ("LINE", regex(r"line_album_.*|s__\d{6,}.*")),
)


class ChatCopyOptions(Options):
    """When a chat copy is too small to keep."""

    good_side_px: int = Field(1500, ge=1, description="Long side from which it is only a note")


@check(CHAT_COPY, subject=Image, options=ChatCopyOptions)
def chat_copy(image: Image, options: ChatCopyOptions) -> Iterator[Finding]:
    """Recognise the names and marks that chat apps and social networks leave."""
    picture = picture_of(image)
    if picture is None or picture.header.format not in {"jpeg", "webp", "png"}:
        return
    app = _app(image, picture)
    if app is None or picture.metadata.exif.camera:
        return
    small = max(picture.width, picture.height) < options.good_side_px
    yield CHAT_COPY.at(
        image,
        severity=Severity.WARNING if small else Severity.INFO,
        app=app,
        width=picture.width,
        height=picture.height,
    )


def _app(image: Image, picture: Picture) -> str | None:
    stem = re.split(r"[?#]", image.path)[0].replace("\\", "/").rsplit("/", 1)[-1]
    stem = stem.rpartition(".")[0].lower()
    for app, pattern in NAMES:
        if pattern.fullmatch(stem):
            return app
    if any(value.startswith("FBMD") for value in picture.metadata.iim.get("instructions", ())):
        return "Facebook/Messenger"
    return None
