"""The pages of docs/ that are generated: one per rule, the index of rules, and the command line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from qc.core.article import Article, Block
from qc.core.discover import check_of, rules
from qc.core.law import members
from qc.core.portal_rules import PORTAL_KIND, PORTAL_RULES
from qc.core.rule import Draft, Rule

ROOT = Path(__file__).parent.parent / "docs"
LEVELS = {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"}
TEXT_FAMILIES = set(
    "term spelling orthography form citation law hygiene encoding injected privacy".split()
)
HEAD = "<!-- Trang này được sinh ra từ mã nguồn bằng `make generate`; đừng sửa tay. -->\n\n"


def generated_pages() -> dict[Path, str]:
    """The text of every generated page by its path below docs/."""
    listed = (*rules().values(), *PORTAL_RULES)
    pages = {Path("rules") / f"{rule.id}.md": _page(rule) for rule in listed}
    pages[Path("rules") / "index.md"] = _index()
    pages[Path("cli.md")] = _commands()
    return pages


def write_pages() -> None:
    """Write them, and remove pages of rules that are gone."""
    pages = generated_pages()
    folder = ROOT / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.md"):
        if Path("rules") / stale.name not in pages:
            stale.unlink()
    for path, text in pages.items():
        (ROOT / path).write_text(text, encoding="utf-8")


@cache
def _measured() -> tuple[int, dict[str, list[int]]]:
    """Articles of each corpus, and by rule the columns of docs/clean-text.tsv."""
    head, _, *rows = (ROOT / "clean-text.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    return int(head.split()[1]), {rule: [int(n) for n in numbers] for rule, *numbers in cells}


def _clean_text(rule: Rule, reads_text: bool) -> list[str]:
    """How often the rule speaks on published text; empty for rules that look at other things."""
    size, table = _measured()
    if rule.id not in table and (not reads_text or rule.opt_in):
        return []
    counts = table.get(rule.id, [0] * 6)
    parts = [
        f"{name} {articles}"
        for name, articles in zip(("báo", "bách khoa", "văn bản luật"), counts[::2], strict=True)
    ]
    return [
        "## Trên bài đã đăng",
        "",
        f"Có phát hiện ở {sum(counts[::2])} trong {3 * size} bài ({', '.join(parts)}; mỗi loại "
        f"{size} bài), tất cả {sum(counts[1::2])} chỗ. Bài đã đăng cũng có lỗi thật, nên con số "
        "này là mức trên của báo nhầm. Đo lại: `python -m bench.clean_text`.",
        "",
    ]


def _page(rule: Rule) -> str:
    lines = [HEAD + f"# {rule.id}", "", f"**{rule.title.vi}** · {rule.title.en}", ""]
    check = check_of(rule.id)
    if rule in PORTAL_RULES:
        state, origin = "luôn bật", "`qc audit`, xét cả cổng"
    else:
        state = "tắt, chính sách phải bật" if rule.opt_in else "bật"
        origin = f"phép kiểm tra `{check.id if check else ''}`"
    lines += [
        f"Mức mặc định: **{LEVELS[rule.severity]}** · {state} · từ bản {rule.since} · {origin}",
        "",
        *([PORTAL_KIND.vi, "", f"*{PORTAL_KIND.en}*", ""] if rule in PORTAL_RULES else []),
        *([f"**Mức.** {rule.milder.vi}", ""] if rule.milder else []),
        f"**Vì sao.** {rule.why.vi}",
        "",
        f"**Cách sửa.** {rule.fix.vi}",
        "",
        *([f"*Severity.* {rule.milder.en}", ""] if rule.milder else []),
        f"*Why.* {rule.why.en}",
        "",
        f"*Fix.* {rule.fix.en}",
        "",
    ]
    if rule.basis:
        lines += ["## Căn cứ", ""]
        lines += [f"- {row.title()} (`{row.id}`)" for each in rule.basis for row in members(each)]
        lines.append("")
    reads_text = check is not None and check.subject in (Block, Article)
    lines += _clean_text(rule, reads_text and rule.id.split("-")[0] in TEXT_FAMILIES)
    if check is not None and check.options.model_fields:
        lines += [
            "## Tùy chọn của phép kiểm tra",
            "",
            "| Tên | Mặc định | Ý nghĩa |",
            "|---|---|---|",
        ]
        lines += [
            f"| `{name}` | {_default(field.default)} | {_cell(field.description)} |"
            for name, field in check.options.model_fields.items()
        ]
        lines.append("")
    for title, drafts in (("Sai", rule.examples.bad), ("Đúng", rule.examples.good)):
        for draft in drafts[:2]:
            lines += _example(title, draft)
    return "\n".join(lines).rstrip() + "\n"


def _example(title: str, draft: str | Draft) -> list[str]:
    text = draft.text if isinstance(draft, Draft) else draft
    shown = text.strip()
    if len(shown) > 1500:
        shown = shown[:1500] + "\n…"
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(4, longest + 1)
    language = "html" if shown.startswith("<") else "markdown"
    return [f"## {title}", "", f"{fence}{language}", _visible(shown), fence, ""]


def _visible(text: str) -> str:
    """Zero-width and control characters written out, so that a page shows them."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in text)


def _default(value: Any) -> str:
    text = _cell(repr(value))
    return f"`{text}`" if len(text) < 90 else f"`{text[:80]}…`"


def _cell(text: str) -> str:
    return _visible(text).replace("|", "\\|").replace("\n", " ").replace("`", "'")


def _index() -> str:
    lines = [HEAD + "# Quy tắc", "", "| Mã | Mức | Quy tắc | Rule |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.id}]({rule.id}.md) | {LEVELS[rule.severity]}{' (tắt)' if rule.opt_in else ''} | "
        f"{_cell(rule.title.vi)} | {_cell(rule.title.en)} |"
        for rule in rules().values()
    ]
    lines += [
        "",
        "## Cả cổng / A whole portal",
        "",
        f"{PORTAL_KIND.vi} Xem [kiểm tra toàn cổng](../audit.md).",
        "",
        "| Mã | Mức | Quy tắc | Rule |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| [{rule.id}]({rule.id}.md) | {LEVELS[rule.severity]} | {rule.title.vi} | "
        f"{rule.title.en} |"
        for rule in PORTAL_RULES
    ]
    return "\n".join(lines) + "\n"


def _commands() -> str:
    """The help of every command, as `qc COMMAND --help` prints it."""
    from typer.main import get_command

    from qc.cli.app import app

    lines = [HEAD + "# Dòng lệnh / Command line", ""]
    for name, command in _walk("qc", get_command(app)):
        lines += [f"## {name}", "", _first(command.help or command.short_help or ""), ""]
        rows = []
        for each in command.params:
            if each.name in ("install_completion", "show_completion", "help"):
                continue
            options = (
                ", ".join(each.opts) if each.param_type_name == "option" else each.name.upper()
            )
            rows.append(f"| `{options}` | {_cell(getattr(each, 'help', '') or '')} |")
        if rows:
            lines += ["| Tham số | Ý nghĩa |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _walk(name: str, command: Any) -> list[tuple[str, Any]]:
    children = getattr(command, "commands", {})
    found = [] if children else [(name, command)]
    for each in sorted(children):
        found += _walk(f"{name} {each}", children[each])
    return found


def _first(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
