"""Content Credentials: the signed history of a picture must still fit the picture.

The header pass finds the box; the signature is checked with the c2pa extra, never fetching
anything from the network. A signer that is on no trust list is normal and not reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from qc.core.article import Image
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.rule import Options, Rule, Severity, Text, check
from qc.media._picture import picture_of

INVALID = Rule(
    id="image-credentials-invalid",
    severity=Severity.ERROR,
    title=Text(
        vi="Chứng thực nội dung của ảnh không còn đúng", en="Content Credentials do not fit"
    ),
    message=Text(
        vi="Ảnh bị sửa sau khi ký chứng thực nội dung, hoặc chữ ký sai ({codes})",
        en="The picture was changed after it was signed, or the signature is wrong ({codes})",
    ),
    why=Text(
        vi="Người đọc kiểm tra ảnh sẽ thấy cảnh báo ảnh đã bị can thiệp.",
        en="Readers who check the picture are warned that it was tampered with.",
    ),
    fix=Text(
        vi="Xin lại bản gốc từ người gửi, hoặc bỏ chứng thực bằng lệnh qc fix và ghi rõ nguồn.",
        en="Ask the sender for the original, or drop the credentials (qc fix) and name the source.",
    ),
    basis=("house-image",),
)
MIME = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "tiff": "image/tiff"}
MIME |= {"avif": "image/avif", "heic": "image/heic", "gif": "image/gif", "svg": "image/svg+xml"}
# States of the signer, not of the picture: no trust list is shipped, and certificates expire.
SIGNER_ONLY = frozenset(("signingCredential.untrusted", "signingCredential.expired"))


@check(INVALID, subject=Image)
def content_credentials(image: Image, options: Options) -> Iterator[Finding]:
    """Verify the manifest of a picture that carries one."""
    picture = picture_of(image)
    if picture is None or image.blob is None or not picture.header.blocks.c2pa:
        return
    if find_spec("c2pa") is None:
        raise Unavailable(
            "Content Credentials need the c2pa extra",
            where=image.path,
            remedy="Install qc[c2pa].",
            vi="ảnh có chứng thực nội dung; muốn kiểm tra cần cài thêm qc[c2pa]",
        )
    codes = _failures(image.blob.bytes, MIME.get(picture.header.format, "image/jpeg"))
    if codes:
        yield INVALID.at(image, codes=", ".join(codes[:4]))


def _failures(data: bytes, mime: str) -> list[str]:
    """Codes of what does not fit; a manifest that cannot be read is one of them."""
    import io

    import c2pa

    try:
        with c2pa.Reader(mime, io.BytesIO(data), context=_context()) as reader:
            report: dict[str, Any] = json.loads(reader.json())
    except c2pa.C2paError as error:
        kind = str(error).partition(":")[0]
        return [] if kind in {"ManifestNotFound", "Remote"} else [f"manifest.{kind}"]
    if report.get("validation_state") in {"Valid", "Trusted"}:
        return []
    codes = [str(status.get("code")) for status in report.get("validation_status", ())]
    return [code for code in dict.fromkeys(codes) if code not in SIGNER_ONLY]


@cache
def _context() -> Any:
    import c2pa

    return c2pa.Context.from_dict({"verify": {"remote_manifest_fetch": False}})
