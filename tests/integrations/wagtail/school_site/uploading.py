"""Uploads of pictures and documents in the admin."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.integrations.wagtail.school_site.content import make_site, photo, upload

POLYGLOT = photo() + b"<?php system($_GET['c']); ?>"
FORM = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
)


class Uploads(TestCase):
    """The forms of the libraries."""

    def setUp(self) -> None:
        self.home, user = make_site()
        self.client.force_login(user)

    def add_image(self, file: Any, **more: str) -> Any:
        data = {"title": "Sân trường", "file": file, "collection": "1", "tags": ""}
        return self.client.post(reverse("wagtailimages:add"), data | more)

    def add_document(self, file: Any) -> Any:
        data = {"title": "Kế hoạch", "file": file, "collection": "1", "tags": ""}
        return self.client.post(reverse("wagtaildocs:add"), data)

    def test_a_good_picture(self) -> None:
        self.assertEqual(self.add_image(upload()).status_code, 302)
        self.assertEqual(get_image_model().objects.count(), 1)

    def test_a_small_picture_is_refused_at_its_field(self) -> None:
        answer = self.add_image(upload(data=photo((200, 120))))
        self.assertContains(answer, "200×120 px")
        self.assertFalse(get_image_model().objects.exists())

    def test_a_picture_with_code_behind_it(self) -> None:
        answer = self.add_image(upload(data=POLYGLOT))
        self.assertIn("file", answer.context["form"].errors)
        self.assertFalse(get_image_model().objects.exists())

    def test_uploads_of_many_at_once(self) -> None:
        url = reverse("wagtailimages:add_multiple")
        for data, good in ((photo(), True), (POLYGLOT, False)):
            answer = self.client.post(
                url,
                {"files[]": upload(data=data), "collection": "1"},
                HTTP_X_REQUESTED_WITH="XMLHttpRequest",
            )
            self.assertEqual(answer.json()["success"], good)

    def test_documents(self) -> None:
        bad = SimpleUploadedFile("ke-hoach.pdf", b"MZ\x90\x00 not a document", "application/pdf")
        answer = self.add_document(bad)
        self.assertIn("file", answer.context["form"].errors)
        self.assertFalse(get_document_model().objects.exists())
        good = SimpleUploadedFile("danh-sach.csv", "Lớp,Sĩ số\n6A,42\n".encode(), "text/csv")
        self.assertEqual(self.add_document(good).status_code, 302)

    def test_the_title_alone_may_be_changed(self) -> None:
        self.add_image(upload())
        image = get_image_model().objects.get()
        url = reverse("wagtailimages:edit", args=(image.pk,))
        data = {"title": "Sân trường mới", "collection": "1", "tags": "", "description": ""}
        self.assertEqual(self.client.post(url, data).status_code, 302)

    def test_switched_off(self) -> None:
        with override_settings(QC_WAGTAIL={"UPLOADS": False}):
            self.assertEqual(self.add_image(upload(data=photo((200, 120)))).status_code, 302)

    def test_wrong_settings_close_this_gate_too(self) -> None:
        with override_settings(QC_WAGTAIL={"POLICY": "khong-co"}):
            self.assertContains(self.add_image(upload()), "chưa nhận tệp")
        self.assertFalse(get_image_model().objects.exists())
