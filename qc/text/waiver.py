"""Waivers: written where a draft needs an exception, they name a known rule and give a reason."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.catalogue import rule_ids
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.core.waiver import inline_waivers

HEAD = "# Trường tổ chức ngày hội đọc sách\n\nNgày hội vui tươi TODO.\n\n"
WAIVED = HEAD + "<!-- qc-allow hygiene-placeholder: chữ này nằm trong tên sách -->\n"

UNKNOWN = Rule(
    id="waiver-unknown-rule",
    severity=Severity.WARNING,
    title=Text(vi="Miễn trừ cho quy tắc không có", en="Waiver of an unknown rule"),
    message=Text(
        vi="Không có quy tắc “{rule_id}” để miễn trừ{near}",
        en="There is no rule “{rule_id}” to waive{near}",
    ),
    why=Text(
        vi="Mã viết sai thì không miễn được gì, và lỗi thật vẫn còn.",
        en="A misspelled id waives nothing.",
    ),
    fix=Text(
        vi="Sửa mã quy tắc; lệnh `qc rules` liệt kê tất cả.", en="Correct it; see `qc rules`."
    ),
    examples=Examples(
        bad=(HEAD + "<!-- qc-allow hygiene-placeholdr: chữ trong tên sách -->\n",), good=(WAIVED,)
    ),
)
NO_REASON = Rule(
    id="waiver-without-reason",
    severity=Severity.WARNING,
    title=Text(vi="Miễn trừ không nêu lý do", en="Waiver without a reason"),
    message=Text(
        vi="Miễn trừ “{rule_id}” chưa nêu lý do", en="The waiver of “{rule_id}” gives no reason"
    ),
    why=Text(
        vi="Người duyệt và người kiểm tra cần biết vì sao điểm này được bỏ qua.",
        en="Whoever approves or inspects must know why.",
    ),
    fix=Text(vi="Viết thêm lý do sau dấu hai chấm.", en="Write the reason behind the colon."),
    examples=Examples(bad=(HEAD + "<!-- qc-allow hygiene-placeholder -->\n",), good=(WAIVED,)),
)
EXPIRED = Rule(
    id="waiver-expired",
    severity=Severity.WARNING,
    title=Text(vi="Miễn trừ đã hết hạn", en="Expired waiver"),
    message=Text(
        vi="Miễn trừ “{rule_id}” đã hết hạn ngày {expires}",
        en="The waiver of “{rule_id}” expired on {expires}",
    ),
    why=Text(
        vi="Miễn trừ chỉ có giá trị đến ngày đã định; sau đó phải xem lại.",
        en="A waiver holds until its last day.",
    ),
    fix=Text(vi="Sửa lỗi, hoặc xin gia hạn miễn trừ.", en="Mend the finding or renew it."),
    examples=Examples(
        bad=(WAIVED.replace("tên sách", "tên sách (Lê Văn Cường, 2024-01-31)"),),
        good=(WAIVED.replace("tên sách", "tên sách (Lê Văn Cường, 2099-01-31)"),),
    ),
)
UNUSED = Rule(
    id="waiver-unused",
    severity=Severity.INFO,
    title=Text(vi="Miễn trừ không còn cần", en="Unused waiver"),
    message=Text(
        vi="Miễn trừ “{rule_id}” không ứng với lỗi nào", en="The waiver of “{rule_id}” is not used"
    ),
    why=Text(vi="Miễn trừ thừa có thể che một lỗi mới về sau.", en="It may hide a later mistake."),
    fix=Text(vi="Xóa miễn trừ này.", en="Remove it."),
    examples=Examples(bad=(WAIVED.replace(" TODO", ""),), good=(WAIVED,)),
)
FORBIDDEN = Rule(
    id="waiver-not-allowed",
    severity=Severity.WARNING,
    title=Text(vi="Miễn trừ không được phép", en="Waiver not allowed"),
    message=Text(
        vi="Chính sách không cho miễn trừ “{rule_id}” như thế này",
        en="The policy does not allow this waiver of “{rule_id}”",
    ),
    why=Text(
        vi="Một số quy tắc không ai được bỏ qua; một số chỉ người có trách nhiệm mới được.",
        en="Some rules nobody may waive, others only some roles.",
    ),
    fix=Text(
        vi="Sửa lỗi, hoặc hỏi người phụ trách Ban biên tập.",
        en="Mend the finding or ask the head of the board.",
    ),
    examples=Examples(
        bad=(HEAD + "<!-- qc-allow injected-suspect: dùng tạm trong tuần -->\n",), good=(WAIVED,)
    ),
)


@check(UNKNOWN, NO_REASON, EXPIRED, UNUSED, FORBIDDEN, subject=Article)
def waivers(article: Article, options: Options) -> Iterator[Finding]:
    """Waivers inside the draft; whether they were allowed and used is known after all checks."""
    for waiver in inline_waivers(article):
        block = waiver.block
        if block is None:
            continue
        if waiver.rule not in rule_ids():
            from difflib import get_close_matches

            near = get_close_matches(waiver.rule, rule_ids(), n=1, cutoff=0.6)
            hint = f" ({near[0]}?)" if near else ""
            yield UNKNOWN.at(block, rule_id=waiver.rule, near=hint)
        elif len(waiver.reason) < 5:
            yield NO_REASON.at(block, rule_id=waiver.rule)
