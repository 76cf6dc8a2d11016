"""`python -m …seed`: what the browser tests find: a section, an administrator, two workflows."""

from __future__ import annotations

import os

import django


def main() -> None:
    """Fill an empty database."""
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", "tests.integrations.wagtail.school_site.settings"
    )
    django.setup()
    from django.contrib.auth.models import Group
    from wagtail.models import (
        GroupApprovalTask,
        Page,
        Workflow,
        WorkflowPage,
        WorkflowTask,
    )
    from wagtail.users.models import UserProfile

    from qc.integrations.wagtail.models import CheckTask
    from tests.integrations.wagtail.school_site.content import make_site
    from tests.integrations.wagtail.school_site.school.models import HomePage

    home, user = make_site()
    UserProfile.objects.create(user=user, preferred_language="vi")
    for slug, title, with_check in (("may", "Duyệt bằng máy", True), ("tay", "Ban duyệt", False)):
        section = HomePage(title=title, slug=slug)
        home.add_child(instance=section)
        flow = Workflow.objects.create(name=title)
        group = GroupApprovalTask.objects.create(name=f"Ban biên tập {slug}")
        group.groups.add(Group.objects.create(name=f"Ban biên tập {slug}"))
        tasks = [CheckTask.objects.create(name="Kiểm tra tự động")] if with_check else []
        for order, task in enumerate([*tasks, group]):
            WorkflowTask.objects.create(workflow=flow, task=task, sort_order=order)
        WorkflowPage.objects.update_or_create(
            page=Page.objects.get(pk=section.pk), defaults={"workflow": flow}
        )
        print(f"{slug}={section.pk}")
    print(f"home={home.pk}")


if __name__ == "__main__":
    main()
