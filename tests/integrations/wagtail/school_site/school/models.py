"""Page types as school portals have them."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Orderable, Page


class PhotoBlock(blocks.StructBlock):
    """A picture with what stands under it."""

    image = ImageChooserBlock()
    caption = blocks.CharBlock(required=False)
    credit = blocks.CharBlock(required=False)


class HomePage(Page):
    """The front page: it has no text of its own."""

    template = "school/page.html"


class ArticlePage(Page):
    """News."""

    template = "school/page.html"
    sapo = models.TextField(blank=True)
    author = models.CharField(max_length=100, blank=True)
    featured_image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("image", ImageBlock()),
            ("photo", PhotoBlock()),
            ("photos", blocks.ListBlock(PhotoBlock())),
            ("quote", blocks.BlockQuoteBlock()),
            ("document", DocumentChooserBlock()),
            ("embed", EmbedBlock()),
            ("html", blocks.RawHTMLBlock()),
            ("columns", blocks.StreamBlock([("text", blocks.TextBlock())])),
        ],
        blank=True,
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("sapo"),
        FieldPanel("author"),
        FieldPanel("featured_image"),
        FieldPanel("body"),
        InlinePanel("gallery", label="Ảnh"),
    ]


class GalleryPicture(Orderable):
    """A picture of an article's gallery."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey("wagtailimages.Image", models.CASCADE, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    panels = [FieldPanel("picture"), FieldPanel("caption")]


class NoticeForm(WagtailAdminPageForm):
    """A form that the site had before."""


class NoticePage(Page):
    """A notice, with an edit handler of its own."""

    template = "school/page.html"
    base_form_class = NoticeForm
    text = RichTextField(blank=True)
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("text")], heading="Nội dung"),
            ObjectList(Page.settings_panels, heading="Thiết lập"),
        ],
        base_form_class=NoticeForm,
    )


class PlainPage(Page):
    """A type that QC_WAGTAIL excludes in one test."""

    template = "school/page.html"
    text = models.TextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("text")]
