"""A small school site in Wagtail, with the app of qc in it; for tests only."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

BASE = Path(os.environ.get("QC_TEST_SITE") or tempfile.mkdtemp(prefix="qc-wagtail-"))
SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "tests.integrations.wagtail.school_site.school",
    "qc.integrations.wagtail",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "qc.integrations.wagtail.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "tests.integrations.wagtail.school_site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE / "db.sqlite3"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE / "media"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # a draft saved in the background would race with the tests
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_SITE_NAME = "Trường THCS Hoa Sen"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WAGTAILIMAGES_IMAGE_FORM_BASE = "qc.integrations.wagtail.uploads.CheckedImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "qc.integrations.wagtail.uploads.CheckedDocumentForm"
if os.environ.get("QC_TEST_TABLES") == "quick":  # tables from the models, without migrations
    MIGRATION_MODULES = {name.rsplit(".", 1)[-1]: None for name in INSTALLED_APPS}
    MIGRATION_MODULES |= {
        f"wagtail{name}": None
        for name in ("core", "admin", "docs", "images", "users", "embeds", "redirects", "forms")
    }
    MIGRATION_MODULES |= {"wagtailsearch": None, "wagtailcore": None, "qc_wagtail": None}
    MIGRATION_MODULES |= {"wagtailsites": None, "wagtailsnippets": None}
else:  # real migrations; those of the school's own types are made on the way, in its folder
    sys.path.insert(0, str(BASE))
    (BASE / "school_migrations").mkdir(exist_ok=True)
    (BASE / "school_migrations/__init__.py").touch()
    MIGRATION_MODULES = {"school": "school_migrations"}
