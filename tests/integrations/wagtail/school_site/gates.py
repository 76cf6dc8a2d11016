"""Every way to publish a page in Wagtail, against the gate; run by Django in its own process."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow, WorkflowPage, WorkflowTask

from qc.integrations.wagtail.forms import CheckedFormMixin
from qc.integrations.wagtail.models import CheckTask, PageCheck
from qc.integrations.wagtail.panels import FindingsPanel
from tests.integrations.wagtail.school_site.content import (
    BANNED,
    CLEAN,
    TITLE,
    article_data,
    block,
    make_article,
    make_site,
)
from tests.integrations.wagtail.school_site.school.models import (
    ArticlePage,
    HomePage,
    NoticeForm,
    NoticePage,
    PlainPage,
)

PUBLISH = {"action-publish": "action-publish"}


class SiteCase(TestCase):
    """A site with its administrator logged in."""

    def setUp(self) -> None:
        self.home, self.user = make_site()
        self.client.force_login(self.user)

    def add(self, text: str, model: str = "articlepage", **changed: Any) -> Any:
        url = reverse("wagtailadmin_pages:add", args=("school", model, self.home.pk))
        return self.client.post(url, article_data(text) | changed)

    def edit(self, page: Any, text: str, **changed: Any) -> Any:
        url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        return self.client.post(url, article_data(text, slug=page.slug) | changed)

    def stored(self, page: Any) -> Any:
        return Page.objects.get(pk=page.pk).specific

    def live_text(self, page: Any) -> str:
        return str(self.stored(page).body)


class NewPage(SiteCase):
    """The create form."""

    def test_banned_is_not_published_and_told_at_its_block(self) -> None:
        answer = self.add(BANNED, **PUBLISH)
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(ArticlePage.objects.exists())
        form = answer.context["form"]
        self.assertIn("body", form.errors)
        self.assertIn("chưa được đăng", str(form.non_field_errors()))
        html = answer.content.decode()
        self.assertIn('data-qc-jump="body.11111111-1111-4111-8111-111111111111"', html)

    def test_clean_is_published(self) -> None:
        answer = self.add(CLEAN, **PUBLISH)
        self.assertEqual(answer.status_code, 302)
        page = ArticlePage.objects.get()
        self.assertTrue(page.live)
        self.assertEqual(PageCheck.objects.get(page_id=page.pk).errors, 0)

    def test_a_draft_may_say_anything(self) -> None:
        self.assertEqual(self.add(BANNED).status_code, 302)
        page = ArticlePage.objects.get()
        self.assertFalse(page.live)
        self.assertEqual(PageCheck.objects.get(page_id=page.pk).verdict, "block")

    def test_scheduling_is_publishing(self) -> None:
        later = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        self.assertEqual(self.add(BANNED, go_live_at=later, **PUBLISH).status_code, 200)
        self.assertFalse(ArticlePage.objects.exists())


class EditPage(SiteCase):
    """The edit form."""

    def test_a_bad_edit_keeps_the_old_version_live(self) -> None:
        page = make_article(self.home, live=True)
        answer = self.edit(page, BANNED, **PUBLISH)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.stored(page).live)
        self.assertIn("trồng cây", self.live_text(page))
        self.assertNotIn("nhà cái", self.live_text(page))

    def test_a_bad_draft_of_a_live_page_is_saved_beside_it(self) -> None:
        page = make_article(self.home, live=True)
        self.assertEqual(self.edit(page, BANNED).status_code, 302)
        self.assertNotIn("nhà cái", self.live_text(page))
        self.assertIn("nhà cái", str(self.stored(page).get_latest_revision_as_object().body))

    def test_a_mended_draft_is_published(self) -> None:
        page = make_article(self.home, BANNED)
        self.assertEqual(self.edit(page, CLEAN, **PUBLISH).status_code, 302)
        self.assertTrue(self.stored(page).live)

    def test_the_check_of_the_form_saves_nothing(self) -> None:
        page = make_article(self.home)
        url = reverse("qc_wagtail_check", args=(page.pk,))
        answer = self.client.post(url, article_data(BANNED, slug=page.slug))
        self.assertContains(answer, "CHƯA ĐƯỢC ĐĂNG")
        self.assertContains(answer, "data-qc-jump")
        self.assertNotIn("nhà cái", str(self.stored(page).get_latest_revision_as_object().body))

    def test_the_check_of_a_new_form(self) -> None:
        url = reverse("qc_wagtail_check_new", args=("school", "articlepage", self.home.pk))
        self.assertContains(self.client.post(url, article_data(BANNED)), "CHƯA ĐƯỢC ĐĂNG")
        self.assertNotContains(self.client.post(url, article_data(CLEAN)), "CHƯA ĐƯỢC ĐĂNG")
        self.assertFalse(ArticlePage.objects.exists())

    def test_the_check_asks_for_permission(self) -> None:
        page = make_article(self.home)
        self.client.logout()
        url = reverse("qc_wagtail_check", args=(page.pk,))
        self.assertNotEqual(self.client.post(url, article_data(CLEAN)).status_code, 200)

    def test_a_page_with_a_handler_of_its_own_has_form_and_panel(self) -> None:
        form = NoticePage.get_edit_handler().get_form_class()
        self.assertTrue(issubclass(form, CheckedFormMixin))
        self.assertTrue(issubclass(form, NoticeForm))
        tabs = NoticePage.get_edit_handler().children
        self.assertIsInstance(tabs[0].children[0], FindingsPanel)


class Code(SiteCase):
    """What the forms never see."""

    def assert_refused(self, page: Any, act: Any) -> None:
        with self.assertRaisesRegex(PermissionDenied, "chưa được đăng|not published"):
            act()
        self.assertFalse(self.stored(page).live)

    def test_revision_publish(self) -> None:
        page = make_article(self.home, BANNED)
        self.assert_refused(page, lambda: page.get_latest_revision().publish())

    def test_page_publish(self) -> None:
        page = make_article(self.home, BANNED)
        self.assert_refused(page, lambda: page.publish(page.get_latest_revision()))

    def test_saving_as_live(self) -> None:
        page = make_article(self.home, BANNED)
        page.live = True
        self.assert_refused(page, page.save)

    def test_saving_the_base_as_live(self) -> None:
        base = Page.objects.get(pk=make_article(self.home, BANNED).pk)
        base.live = True
        self.assert_refused(base, base.save)

    def test_saving_only_the_flag(self) -> None:
        page = make_article(self.home, BANNED)
        page.live = True
        self.assert_refused(page, lambda: page.save(update_fields=["live"]))

    def test_adding_a_live_child(self) -> None:
        with self.assertRaises(PermissionDenied):
            make_article(self.home, BANNED, live=True)
        self.assertFalse(ArticlePage.objects.filter(live=True).exists())

    def test_changing_a_live_page(self) -> None:
        page = make_article(self.home, live=True)
        page.body = [block("paragraph", BANNED)]
        with self.assertRaises(PermissionDenied):
            page.save()
        self.assertNotIn("nhà cái", self.live_text(page))

    def test_an_old_page_is_left_alone_until_it_changes(self) -> None:
        page = make_article(self.home, BANNED)
        Page.objects.filter(pk=page.pk).update(live=True)
        page = self.stored(page)
        page.save()
        page.title = TITLE + " mới"
        with self.assertRaises(PermissionDenied):
            page.save()

    def test_copying_as_live(self) -> None:
        page = make_article(self.home, BANNED)
        Page.objects.filter(pk=page.pk).update(live=True)
        with self.assertRaises(PermissionDenied):
            self.stored(page).copy(update_attrs={"slug": "ban-sao"}, user=self.user)
        self.assertFalse(Page.objects.filter(slug="ban-sao", live=True).exists())

    def test_bulk_publication(self) -> None:
        good, bad = make_article(self.home), make_article(self.home, BANNED, slug="xau")
        url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        answer = self.client.post(f"{url}?id={bad.pk}", {"next": "/admin/"}, follow=True)
        self.assertContains(answer, "chưa được đăng")
        self.assertFalse(self.stored(bad).live)
        self.client.post(f"{url}?id={good.pk}", {"next": "/admin/"})
        self.assertTrue(self.stored(good).live)


class Schedule(SiteCase):
    """`publish_scheduled`."""

    def approve(self, page: Any) -> None:
        revision = page.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save(update_fields=["approved_go_live_at"])

    def test_a_page_that_fails_now_stays_out_and_the_others_go_live(self) -> None:
        bad = make_article(self.home, BANNED)
        good = make_article(self.home, slug="tot")
        self.approve(bad)
        self.approve(good)
        call_command("publish_scheduled")
        self.assertFalse(self.stored(bad).live)
        self.assertTrue(self.stored(good).live)
        self.assertIsNone(self.stored(bad).get_latest_revision().approved_go_live_at)
        entry = PageLogEntry.objects.get(page=bad.pk, action="qc.refused")
        self.assertIn("chưa được đăng", entry.data["reason"])
        self.assertEqual(PageCheck.objects.get(page_id=bad.pk).verdict, "block")
        history = self.client.get(reverse("wagtailadmin_pages:history", args=(bad.pk,)))
        self.assertContains(history, "Không cho đăng: “")

    def test_a_scheduled_edit_keeps_the_live_version(self) -> None:
        page = make_article(self.home, live=True)
        page.body = [block("paragraph", BANNED)]
        page.save_revision()
        self.approve(page)
        call_command("publish_scheduled")
        self.assertTrue(self.stored(page).live)
        self.assertNotIn("nhà cái", self.live_text(page))


class Moderation(SiteCase):
    """Workflows."""

    def workflow(self, *tasks: Any) -> None:
        flow = Workflow.objects.create(name="Duyệt bài")
        for order, task in enumerate(tasks):
            WorkflowTask.objects.create(workflow=flow, task=task, sort_order=order)
        WorkflowPage.objects.create(workflow=flow, page=self.home)

    def group_task(self) -> Any:
        from django.contrib.auth.models import Group
        from wagtail.models import GroupApprovalTask

        task = GroupApprovalTask.objects.create(name="Ban biên tập")
        task.groups.add(Group.objects.create(name="Ban biên tập"))
        return task

    def test_the_task_sends_a_bad_page_back_with_the_reasons(self) -> None:
        self.workflow(CheckTask.objects.create(name="Kiểm tra"))
        self.add(BANNED, **{"action-submit": "action-submit"})
        page = ArticlePage.objects.get()
        state = page.current_workflow_state
        self.assertEqual(state.status, state.STATUS_NEEDS_CHANGES)
        self.assertIn("chưa được đăng", state.current_task_state.comment)
        self.assertFalse(page.live)

    def test_the_task_lets_a_clean_page_on(self) -> None:
        self.workflow(CheckTask.objects.create(name="Kiểm tra"), self.group_task())
        self.add(CLEAN, **{"action-submit": "action-submit"})
        page = ArticlePage.objects.get()
        self.assertEqual(page.current_workflow_task.name, "Ban biên tập")
        self.assertFalse(page.live)

    def test_a_workflow_of_the_task_alone_publishes_what_passes(self) -> None:
        self.workflow(CheckTask.objects.create(name="Kiểm tra"))
        self.add(CLEAN, **{"action-submit": "action-submit"})
        self.assertTrue(ArticlePage.objects.get().live)

    def approve(self, page: Any) -> Any:
        state = page.current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
        return self.client.post(url, {"comment": ""}, follow=True)

    def test_approval_without_the_task_does_not_leak(self) -> None:
        self.workflow(self.group_task())
        self.add(BANNED, **{"action-submit": "action-submit"})
        page = ArticlePage.objects.get()
        answer = self.approve(page)
        self.assertContains(answer, "chưa được đăng")
        page = self.stored(page)
        self.assertFalse(page.live)
        self.assertEqual(page.current_workflow_state.status, "in_progress")

    def test_approval_in_the_edit_form_says_it_at_the_field(self) -> None:
        self.workflow(self.group_task())
        self.add(BANNED, **{"action-submit": "action-submit"})
        page = ArticlePage.objects.get()
        action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        answer = self.edit(page, BANNED, **action)
        self.assertIn("body", answer.context["form"].errors)
        self.assertFalse(self.stored(page).live)

    def test_approval_publishes_a_clean_page(self) -> None:
        self.workflow(self.group_task())
        self.add(CLEAN, **{"action-submit": "action-submit"})
        page = ArticlePage.objects.get()
        self.approve(page)
        self.assertTrue(self.stored(page).live)


class Settings(SiteCase):
    """Settings that are wrong close the gate and say so; the others do what they say."""

    WRONG = (
        ({"POLICI": "co-so"}, "POLICI"),
        ({"POLICY": "khong-co"}, "khong-co"),
        ({"FAIL_ON": "never"}, "never"),
        ({"FIELDS": {"school.ArticlePage": {"sapo": "khong_co"}}}, "khong_co"),
        ({"FIELDS": {"school.ArticlePage": {"sappo": "sapo"}}}, "sappo"),
    )

    def test_wrong_settings_close_the_gate_and_say_so(self) -> None:
        from qc.integrations.wagtail.configuration_checks import check_settings

        for given, named in self.WRONG:
            with self.subTest(named), override_settings(QC_WAGTAIL=given):
                self.assertContains(self.add(CLEAN, **PUBLISH), named)
                self.assertFalse(ArticlePage.objects.exists())
                self.assertEqual([e.id for e in check_settings()], ["qc_wagtail.E001"])

    def test_an_unknown_page_type_is_told_at_the_start(self) -> None:
        from qc.integrations.wagtail.configuration_checks import check_settings

        with override_settings(QC_WAGTAIL={"EXCLUDE": ["school.Khong"]}):
            self.assertEqual([each.id for each in check_settings()], ["qc_wagtail.E002"])

    def test_review_may_stop_too(self) -> None:
        page = make_article(self.home, author="")
        with (
            override_settings(QC_WAGTAIL={"FAIL_ON": "review"}),
            self.assertRaises(PermissionDenied),
        ):
            page.get_latest_revision().publish()
        page.get_latest_revision().publish()
        self.assertTrue(self.stored(page).live)

    def test_an_excluded_type_passes(self) -> None:
        page = PlainPage(
            title="Trang thử",
            text="Link vào nhà cái, nổ hũ đổi thưởng, casino trực tuyến.",
            live=False,
        )
        self.home.add_child(instance=page)
        revision = page.save_revision()
        with self.assertRaises(PermissionDenied):
            revision.publish()
        with override_settings(QC_WAGTAIL={"EXCLUDE": ["school.PlainPage"]}):
            revision.publish()
        self.assertTrue(self.stored(page).live)

    def test_a_front_page_without_text_may_be_live(self) -> None:
        page = HomePage(title="Trang chủ mới")
        self.home.add_child(instance=page)
        self.assertTrue(page.live)

    def test_migrations_are_complete(self) -> None:
        with override_settings(MIGRATION_MODULES={}):
            call_command(
                "makemigrations", "qc_wagtail", check=True, dry_run=True, stdout=StringIO()
            )


class Reports(SiteCase):
    """The report over all pages and the command that fills it."""

    def test_report_command_and_filter(self) -> None:
        bad = make_article(self.home, BANNED, title="Bài xấu cần sửa lại nội dung")
        good = make_article(self.home, slug="tot", live=True)
        Page.objects.filter(pk=good.pk).update(latest_revision=None)
        call_command("qc_check_pages", verbosity=0, stdout=StringIO())
        self.assertEqual(PageCheck.objects.get(page_id=bad.pk).verdict, "block")
        self.assertEqual(PageCheck.objects.filter(page_id=good.pk).get().errors, 0)
        url = reverse("qc_wagtail_report")
        answer = self.client.get(url)
        self.assertContains(answer, "Bài xấu")
        self.assertContains(answer, TITLE)
        answer = self.client.get(url, {"verdict": "block"})
        self.assertContains(answer, "Bài xấu")
        self.assertNotContains(answer, TITLE)
        sheet = self.client.get(url, {"export": "csv"})
        self.assertIn("Bài xấu", sheet.getvalue().decode())

    def test_the_panel_shows_the_last_check(self) -> None:
        page = make_article(self.home, BANNED)
        call_command("qc_check_pages", verbosity=0, stdout=StringIO())
        url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        self.assertContains(self.client.get(url), "data-qc-jump")
