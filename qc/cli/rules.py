"""`qc rules` and `qc rule ID`: what is checked, why, and how to mend it."""

from __future__ import annotations

import sys
from difflib import get_close_matches

from qc.core.discover import check_of, rules
from qc.core.errors import UsageError
from qc.core.law import members
from qc.core.portal_rules import PORTAL_KIND, PORTAL_RULES
from qc.core.rule import Draft
from qc.policy.load import load_policy
from qc.report.console import SEVERITY_STYLES, console_for


def print_rules(policy_name: str, lang: str) -> None:
    """A table of all rules under a policy."""
    from rich.table import Table
    from rich.text import Text

    policy = load_policy(policy_name)
    table = Table(box=None, pad_edge=False)
    heads = ("Mã", "Mức", "Quy tắc") if lang == "vi" else ("Id", "Severity", "Rule")
    for head in heads:
        table.add_column(head, no_wrap=head == heads[0])
    off = "tắt" if lang == "vi" else "off"
    for rule in rules().values():
        severity = policy.severity(rule, rule.severity)
        on = policy.is_on(rule)
        style = SEVERITY_STYLES[severity] if on else "dim"
        table.add_row(rule.id, Text(severity if on else off, style=style), rule.title[lang])
    whole = "(cả cổng: qc audit)" if lang == "vi" else "(a whole portal: qc audit)"
    for rule in PORTAL_RULES:
        style = SEVERITY_STYLES[rule.severity]
        title = Text.assemble(f"{rule.title[lang]} ", (whole, "dim"))
        table.add_row(rule.id, Text(rule.severity, style=style), title)
    console_for(sys.stdout, width=None if sys.stdout.isatty() else 140).print(table)


def print_rule(rule_id: str, lang: str) -> None:
    """Everything about one rule. Raises UsageError for an unknown id, naming the nearest."""
    from rich.text import Text

    portal = {rule.id: rule for rule in PORTAL_RULES}
    known = {**rules(), **portal}
    rule = known.get(rule_id)
    if rule is None:
        near = get_close_matches(rule_id, known, n=1, cutoff=0.4)
        hint = f"; gần nhất: {near[0]}" if near else ""
        raise UsageError(
            f"there is no rule {rule_id}{hint}",
            remedy="`qc rules` lists all rules.",
            vi=f"không có quy tắc {rule_id}{hint}. Lệnh `qc rules` liệt kê mọi quy tắc",
        )
    console = console_for(sys.stdout)
    vi = lang == "vi"
    console.print(Text(f"{rule.id}  ({rule.severity})", style="bold"))
    console.print(rule.title[lang])
    if rule_id in portal:
        console.print(PORTAL_KIND[lang], style="dim")
    for label, text in (
        ("Mức" if vi else "Severity", rule.milder[lang] if rule.milder else ""),
        ("Vì sao" if vi else "Why", rule.why[lang]),
        ("Cách sửa" if vi else "Fix", rule.fix[lang]),
        ("Căn cứ" if vi else "Basis", _basis(rule.basis, lang)),
    ):
        if text:
            console.print(Text.assemble((f"\n{label}: ", "bold"), text))
    check = check_of(rule_id)
    if check is not None and check.options.model_fields:
        console.print(Text("\nTùy chọn:" if vi else "\nOptions:", style="bold"))
        for name, field in check.options.model_fields.items():
            console.print(f"  {name} = {field.default!r}: {field.description or ''}")
    for label, drafts in (
        ("Ví dụ sai" if vi else "Bad", rule.examples.bad),
        ("Ví dụ đúng" if vi else "Good", rule.examples.good),
    ):
        for draft in drafts[:2]:
            text = draft.text if isinstance(draft, Draft) else draft
            console.print(Text(f"\n{label}:", style="bold"))
            for line in text.strip().splitlines()[:12]:
                console.print(f"  {line}")


def _basis(ids: tuple[str, ...], lang: str) -> str:
    """The requirements a rule rests on, with the days between which they bind."""
    return "; ".join(row.title(lang) for each in ids for row in members(each))
