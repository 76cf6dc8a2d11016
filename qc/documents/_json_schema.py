"""The article as a CMS sends it in JSON: the model its JSON Schema is made from."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

SCHEMA_ID = "urn:qc:article:1"
Written = StrictStr | StrictInt | None
Listed = list[StrictStr] | StrictStr | None


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class ImageJson(_Part):
    """A picture of the article."""

    path: StrictStr = Field(description="Path relative to the JSON file, or the URL in the body")
    role: StrictStr | None = Field(None, description="featured, inline, banner, logo or thumbnail")
    alt: StrictStr | None = Field(None, description="Alternative text; empty: decorative")
    caption: StrictStr | None = None
    credit: StrictStr | None = Field(None, description="Who made it")
    display_width: Written = Field(None, description="Width on the page in px")
    display_height: Written = Field(None, description="Height on the page in px")


class VideoJson(_Part):
    """A clip of the article."""

    path: StrictStr
    caption: StrictStr | None = None
    captions: Listed = Field(None, description="Subtitle files")


class AttachmentJson(_Part):
    """A file offered for download."""

    path: StrictStr
    title: StrictStr | None = None


class MediaJson(ImageJson, VideoJson):
    """A picture, clip or file of a mixed list; `type` says which, else the ending does."""

    type: Literal["image", "video", "attachment"] | None = None
    title: StrictStr | None = None


class DocumentJson(_Part):
    """Metadata of an official document."""

    kind: StrictStr | None = Field(None, description="Loại văn bản")
    number: Written = Field(None, description="Số/ký hiệu")
    issued_on: StrictStr | None = Field(None, description="Ngày ban hành, YYYY-MM-DD or D/M/YYYY")
    effective_on: StrictStr | None = Field(None, description="Ngày hiệu lực")
    issuer: StrictStr | None = Field(None, description="Cơ quan ban hành")
    summary: StrictStr | None = Field(None, description="Trích yếu")
    signer: StrictStr | None = Field(None, description="Người ký")
    file: StrictStr | None = Field(None, description="Tệp văn bản")


class ArticleJson(BaseModel):
    """One article. Names may also be Vietnamese ("tiêu đề"); unknown names are reported."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        json_schema_extra={
            "$id": SCHEMA_ID,
            "$schema": "https://json-schema.org/draft/2020-12/schema",
        },
    )

    title: StrictStr | None = Field(None, description="Tiêu đề")
    sapo: StrictStr | None = Field(None, description="Tóm tắt; plain text")
    body: StrictStr | None = Field(None, description="Nội dung, in the format of body_format")
    body_format: Literal["html", "markdown", "text"] | None = Field(
        None,
        description="Format of the body; without it: html where the body holds a tag, else text",
    )
    author: StrictStr | None = Field(None, description="Tác giả")
    source: StrictStr | None = Field(None, description="Nguồn")
    source_url: StrictStr | None = Field(None, description="Địa chỉ nguồn")
    category: StrictStr | None = Field(None, description="Chuyên mục")
    kind: StrictStr | None = Field(
        None, description="tin-bai, thong-bao, van-ban, cong-khai or tuyen-sinh"
    )
    language: StrictStr | None = None
    tags: Listed = Field(None, description="Từ khóa")
    published_at: StrictStr | None = Field(
        None, description="YYYY-MM-DD, YYYY-MM-DDThh:mm or D/M/YYYY"
    )
    updated_at: StrictStr | None = None
    expires_at: StrictStr | None = Field(None, description="Hạn đăng")
    approved_by: StrictStr | None = Field(None, description="Người duyệt")
    featured_image: StrictStr | None = Field(None, description="Path of the picture of the article")
    consent_ids: Listed = Field(None, description="Phiếu đồng ý")
    ai_generated: StrictBool | StrictStr | None = Field(None, description="Nội dung do AI tạo")
    document: DocumentJson | None = Field(None, description="Văn bản")
    images: list[ImageJson | StrictStr] | None = None
    videos: list[VideoJson | StrictStr] | None = None
    attachments: list[AttachmentJson | StrictStr] | None = None
    media: list[MediaJson | StrictStr] | None = Field(
        None, description="Pictures, clips and files in one list"
    )


def schema_text() -> str:
    """The JSON Schema of an article, as shipped in article-1.schema.json."""
    return json.dumps(ArticleJson.model_json_schema(), ensure_ascii=False, indent=1) + "\n"
