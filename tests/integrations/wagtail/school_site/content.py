"""Pages, pictures and users of the test site."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Site

from tests.integrations.wagtail.school_site.school.models import ArticlePage, HomePage

CLEAN = (
    "<p>Sáng nay, các em học sinh khối 6 cùng thầy cô trồng cây trong sân trường. Hoạt động diễn "
    "ra trong hai giờ, với sự tham gia của đông đảo phụ huynh.</p>"
)
BANNED = (
    "<p>Link vào nhà cái uy tín số 1, đăng ký ngay nhận thưởng 100k, nổ hũ đổi thưởng, casino "
    "trực tuyến.</p>"
)
SAPO = (
    "Sáng nay, học sinh khối 6 cùng thầy cô trồng cây trong sân trường, mở đầu năm học mới với "
    "nhiều việc làm có ích."
)
TITLE = "Học sinh khối 6 trồng cây trong sân trường"


def photo(size: tuple[int, int] = (1200, 800)) -> bytes:
    """A picture with enough in it to count as one: a gradient with stripes."""
    gradient = Pillow.linear_gradient("L").resize(size)
    stripes = Pillow.effect_mandelbrot(size, (-2, -1.2, 1, 1.2), 60)
    picture = Pillow.merge("RGB", (gradient, stripes, gradient.transpose(0)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def upload(name: str = "trong-cay.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data or photo(), "image/jpeg")


def make_image(description: str = "Học sinh trồng cây trong sân trường", **named: Any) -> Any:
    """A picture of the library."""
    return get_image_model().objects.create(
        title="Trồng cây", file=upload(**named), description=description
    )


def make_site() -> tuple[Any, Any]:
    """The root of the site and its administrator, as a new Wagtail site has them."""
    locale, _ = Locale.objects.get_or_create(language_code="vi")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    home = HomePage(title="Tin tức", slug="tin-tuc", locale=locale)
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    user = get_user_model().objects.create_superuser(
        "bien-tap", "bt@example.vn", "mat-khau", first_name="Cường", last_name="Lê"
    )
    user.first_name, user.last_name = "Lê Văn", "Cường"
    user.save()
    return home, user


def block(kind: str, value: Any) -> dict[str, Any]:
    """A block of a StreamField as Wagtail keeps it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make_article(home: Any, text: str = CLEAN, *, live: bool = False, **named: Any) -> Any:
    """An article below the home page, as a draft or live."""
    known = {"title": TITLE, "sapo": SAPO, "author": "Trần Thị Bình", **named}
    page = ArticlePage(live=live, body=[block("paragraph", text)], **known)
    home.add_child(instance=page)
    page.save_revision()
    return page


def article_data(text: str, **changed: Any) -> dict[str, str]:
    """What the edit form of an article posts."""
    data = {
        "title": TITLE,
        "slug": "trong-cay",
        "sapo": SAPO,
        "author": "Trần Thị Bình",
        "featured_image": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": "11111111-1111-4111-8111-111111111111",
        "body-0-value": draftail(text),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        **{f"{name}-{part}": "0" for name in ("gallery", "comments") for part in COUNTS},
    }
    return data | {key.replace("__", "-"): value for key, value in changed.items()}


COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")


def draftail(html: str) -> str:
    """Rich text in the shape that the editor posts."""
    import json

    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    features = ["h2", "bold", "link", "document-link", "image", "embed"]
    return json.dumps(json.loads(ContentstateConverter(features).from_database_format(html)))
