"""Pages as articles: every kind of field and block, and the way back to the field."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from django.utils import timezone
from wagtail.documents import get_document_model

from qc.integrations.wagtail.article import Circumstances, document_of
from qc.integrations.wagtail.inspection import inspect_page
from qc.integrations.wagtail.settings import Settings
from tests.integrations.wagtail.school_site.content import (
    CLEAN,
    block,
    make_article,
    make_image,
    make_site,
    photo,
)
from tests.integrations.wagtail.school_site.school.models import (
    ArticlePage,
    GalleryPicture,
    NoticePage,
)

WRONG = "Công thông tin điện tử"  # the text checks know this confusion of Công and Cổng


class Mapping(TestCase):
    """document_of and the paths of findings."""

    def setUp(self) -> None:
        self.home, self.user = make_site()

    def article(self, page: Any, **settings: Any) -> dict[str, Any]:
        around = Circumstances(timezone.now(), approver="Lê Văn Cường")
        document = document_of(page, Settings(**settings), around)
        data: dict[str, Any] = json.loads(document.text)
        return data

    def page(self, *blocks: dict[str, Any], **named: Any) -> Any:
        page = make_article(self.home, **named)
        page.body = list(blocks)
        page.save()
        return ArticlePage.objects.get(pk=page.pk)

    def body(self, *blocks: dict[str, Any]) -> str:
        return str(self.article(self.page(*blocks))["body"])

    def test_fields(self) -> None:
        image = make_image()
        article = self.article(make_article(self.home, featured_image=image))
        self.assertEqual(article["title"], "Học sinh khối 6 trồng cây trong sân trường")
        self.assertEqual(article["author"], "Trần Thị Bình")
        self.assertEqual(article["category"], "Tin tức")
        self.assertEqual(article["approved_by"], "Lê Văn Cường")
        self.assertEqual(article["published_at"], f"{timezone.localdate():%Y-%m-%d}")
        self.assertEqual(article["body_format"], "html")
        self.assertEqual(
            article["images"],
            [
                {
                    "path": image.file.name,
                    "role": "featured",
                    "alt": "Học sinh trồng cây trong sân trường",
                }
            ],
        )

    def test_fields_named_in_the_settings(self) -> None:
        fields = {"school.ArticlePage": {"source": "author", "kind": "=thong-bao"}}
        article = self.article(make_article(self.home), fields=fields)
        self.assertEqual((article["source"], article["kind"]), ("Trần Thị Bình", "thong-bao"))

    def test_texts_are_escaped(self) -> None:
        self.assertEqual(
            self.body(block("heading", 'A < B & "C"')), "<h2>A &lt; B &amp; &quot;C&quot;</h2>"
        )
        self.assertEqual(self.body(block("quote", "a <b>")), "<blockquote>a &lt;b&gt;</blockquote>")
        self.assertEqual(self.body(block("html", "<script>x()</script>")), "<script>x()</script>")

    def test_pictures(self) -> None:
        image = make_image()
        name = image.file.name
        cases = (
            (block("image", {"image": image.pk, "decorative": False, "alt_text": "Cây"}), "Cây"),
            (block("image", {"image": image.pk, "decorative": True, "alt_text": ""}), ""),
            (block("photo", {"image": image.pk, "caption": "", "credit": ""}), image.description),
        )
        for each, alt in cases:
            self.assertIn(f'<img src="{name}" alt="{alt}">', self.body(each))

    def test_a_caption_and_a_credit_belong_to_their_picture(self) -> None:
        image = make_image()
        value = {"image": image.pk, "caption": "Giờ trồng cây.", "credit": "Thu Hà"}
        for each in (block("photo", value), block("photos", [value])):
            page = self.page(each)
            found = inspect_page(page)
            self.assertEqual(found.fault, "")
            body = self.article(page)["body"]
            self.assertIn("<figcaption>Giờ trồng cây. Ảnh: Thu Hà</figcaption></figure>", body)

    def test_rich_text(self) -> None:
        image = make_image()
        document = get_document_model().objects.create(
            title="Kế hoạch", file=ContentFile(b"%PDF-1.4\n", "ke-hoach.pdf")
        )
        text = (
            f'<p><a linktype="document" id="{document.pk}">Kế hoạch</a> và '
            f'<a linktype="page" id="{self.home.pk}">tin tức</a></p>'
            f'<embed embedtype="image" id="{image.pk}" alt="Sân trường" format="left"/>'
            '<embed embedtype="media" url="https://www.youtube.com/watch?v=abc"/>'
        )
        for body in (self.body(block("paragraph", text)), self._notice(text)):
            self.assertIn(f'<a href="{document.file.name}">Kế hoạch</a>', body)
            self.assertIn('<a href="/">tin tức</a>', body)
            self.assertIn(f'<img src="{image.file.name}" alt="Sân trường">', body)
            self.assertIn('<iframe src="https://www.youtube.com/watch?v=abc">', body)

    def _notice(self, text: str) -> str:
        page = NoticePage(title="Thông báo", text=text)
        self.home.add_child(instance=page)
        return str(self.article(page)["body"])

    def test_documents_and_columns_and_embeds(self) -> None:
        document = get_document_model().objects.create(
            title="Kế hoạch", file=ContentFile(b"%PDF-1.4\n", "ke-hoach.pdf")
        )
        body = self.body(
            block("document", document.pk),
            block("columns", [block("text", "Cột một\nDòng hai")]),
            block("embed", "https://www.youtube.com/watch?v=abc"),
        )
        self.assertIn(f'<a href="{document.file.name}">Kế hoạch</a>', body)
        self.assertIn("<p>Cột một</p>\n<p>Dòng hai</p>", body)
        self.assertIn('<iframe src="https://www.youtube.com/watch?v=abc">', body)

    def test_a_gallery(self) -> None:
        page = make_article(self.home)
        page.gallery = [GalleryPicture(picture=make_image(), caption="Giờ ra chơi")]
        self.assertIn("<figcaption>Giờ ra chơi</figcaption>", self.article(page)["body"])

    def paths(self, page: Any, rule: str) -> list[str]:
        found = inspect_page(page)
        assert found.report is not None, found.fault
        return [found.path_of(each) for each in found.report.findings if each.rule == rule]

    def test_findings_lead_to_their_block(self) -> None:
        image = make_image(data=photo((300, 200)))
        text = block("paragraph", f'<p>"Trích" \\ Trường có {WRONG}.</p>')
        first = block("paragraph", CLEAN.replace("Sáng", 'Sáng "đẹp"'))
        shot = block("photo", {"image": image.pk, "caption": f"Trên {WRONG}.", "credit": ""})
        page = self.page(block("heading", "Mở đầu"), first, text, shot)
        self.assertEqual(
            self.paths(page, "spelling-confusion"),
            [f"body.{text['id']}", f"body.{shot['id']}.caption"],
        )
        self.assertEqual(self.paths(page, "image-too-small"), [f"body.{shot['id']}.image"])

    def test_findings_lead_to_their_field(self) -> None:
        page = make_article(self.home, sapo=f"Trường có {WRONG}.", author="")
        self.assertEqual(self.paths(page, "spelling-confusion"), ["sapo"])
        self.assertEqual(self.paths(page, "field-author-missing"), ["author"])
        page = make_article(self.home, title=f"Nhà trường ra mắt {WRONG} mới", slug="moi")
        self.assertEqual(self.paths(page, "spelling-confusion"), ["title"])

    def test_the_same_page_gets_the_report_of_its_json(self) -> None:
        from pathlib import Path
        from tempfile import TemporaryDirectory

        from qc.api import check

        page = make_article(self.home)
        found = inspect_page(page)
        assert found.report is not None
        assert found.document is not None
        with TemporaryDirectory() as folder:
            path = Path(folder) / "bai.json"
            path.write_text(found.document.text, encoding="utf-8")
            same = check(path, today=timezone.localdate(), lang="vi")
        self.assertEqual(same.findings, found.report.findings)
        self.assertEqual(same.digest, found.report.digest)

    def test_files_of_another_storage_are_copied(self) -> None:
        from django.core.files.storage import InMemoryStorage

        image = make_image(data=photo((300, 200)))
        page = self.page(block("photo", {"image": image.pk, "caption": "", "credit": ""}))
        storage = InMemoryStorage()
        storage.save(image.file.name, ContentFile(photo((300, 200))))
        field = type(image)._meta.get_field("file")
        known, field.storage = field.storage, storage
        try:
            self.assertEqual(len(self.paths(page, "image-too-small")), 1)
            storage.delete(image.file.name)
            self.assertEqual(len(self.paths(page, "image-missing")), 1)
        finally:
            field.storage = known

    def test_a_page_that_cannot_be_mapped_is_a_fault(self) -> None:
        page = make_article(self.home)
        page.__dict__["body"] = 5
        found = inspect_page(page)
        self.assertIsNone(found.report)
        self.assertRegex(found.fault, r"^TypeError \([\w.]+:\d+\)$")  # no text of the page

    @override_settings(LANGUAGE_CODE="en")
    def test_messages_follow_the_language_of_the_editor(self) -> None:
        from django.utils import translation

        page = make_article(self.home, author="")
        with translation.override("en"):
            found = inspect_page(page)
        assert found.report is not None
        self.assertIn("The article has no author", [f.message for f in found.report.findings])
