"""Wagtail: a Django app that checks pages, pictures and documents before they are published."""
