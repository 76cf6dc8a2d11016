"""Wagtail: the pages of a site through its models, in a process that has that site's settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("wagtail", reason="needs qc[wagtail]")
SETTINGS = """
SECRET_KEY = "test"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite"}}
INSTALLED_APPS = [
    "truong", "wagtail.images", "wagtail.documents", "wagtail.users", "wagtail.admin",
    "wagtail.search", "wagtail", "modelcluster", "taggit", "django.contrib.auth",
    "django.contrib.contenttypes", "django.contrib.sessions",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "Trường"
WAGTAILADMIN_BASE_URL = "https://th.example.vn"
ROOT_URLCONF = "truong.urls"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
"""
MODELS = """
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class NewsPage(Page):
    sapo = models.TextField(blank=True)
    tac_gia = models.CharField(max_length=100, blank=True)
    views = models.IntegerField(default=0)
    body = RichTextField(blank=True)
    more = StreamField([("heading", blocks.CharBlock()), ("text", blocks.RichTextBlock())])
"""
FILL = """
import os, sys, json
os.environ["DJANGO_SETTINGS_MODULE"] = "truong.settings"
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", "truong", verbosity=0)
call_command("migrate", verbosity=0)
from truong.models import NewsPage
from wagtail.models import Page
home = Page.objects.get(depth=2)
for number, live in ((1, True), (2, False)):
    page = NewsPage(title=f"Hội khỏe {number}", sapo="Tóm tắt", tac_gia="Lê Thị Mai", live=live,
        body="<p>Sáng nay, trường mở hội.</p>",
        more=[("heading", "Kết quả"), ("text", "<p>Lớp 5A thắng.</p>")])
    home.add_child(instance=page)
    if live:
        page.save_revision().publish()
from datetime import date
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.documents.load import load
found = []
for options in (ReadOptions(pages="truong.NewsPage"), ReadOptions(all_states=True)):
    rows = []
    for record in records_of(["wagtail:truong.settings"], options):
        article = load(record.source, date(2026, 1, 2))
        rows.append([record.source.name, article.fields.title, article.fields.author,
            article.fields.sapo, article.text("body"), record.edited is not None])
    found.append(rows)
print(json.dumps(found))
"""


@pytest.mark.cms
def test_published_pages_with_rich_text_and_streams(tmp_path: Path) -> None:
    app = tmp_path / "truong"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (app / "models.py").write_text(MODELS, encoding="utf-8")
    (app / "urls.py").write_text("urlpatterns = []\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FILL],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    published, everything = json.loads(done.stdout.splitlines()[-1])
    body = "Sáng nay, trường mở hội.\nKết quả\nLớp 5A thắng."
    assert [row[1:] for row in published] == [["Hội khỏe 1", "Lê Thị Mai", "Tóm tắt", body, True]]
    assert published[0][0].startswith("wagtail#")
    assert {"Hội khỏe 1", "Hội khỏe 2"} < {row[1] for row in everything}
