"""Required fields: an article of each kind carries the fields that readers and the law ask for."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article, Fields
from qc.core.finding import Finding
from qc.core.rule import Draft, Examples, Field, Options, Rule, Severity, Text, check
from qc.text._field_names import DAY, FORMS, NAMES, field_name
from qc.text.head_lines import missing_fence

HEAD = "---\ntiêu đề: Trường tổ chức ngày hội đọc sách\n"
WHOLE = HEAD + (
    "sapo: Sáng 21/4, hơn 500 học sinh tham gia ngày hội đọc sách với nhiều hoạt động bổ ích "
    "tại sân trường.\ntác giả: Trần Thị Bình\nchuyên mục: Tin tức\nngày đăng: 21/04/2024\n"
    "người duyệt: Lê Văn Cường\n---\n\nNgày hội diễn ra trong không khí vui tươi.\n"
)


def _rule(name: str, severity: Severity, why: Text, fix: Text, *basis: str) -> Rule:
    field = NAMES[name]
    vietnamese = next(line for line in _LINES if line[0] == name)
    without = WHOLE.replace(vietnamese[1], "")
    return Rule(
        id=f"field-{name.replace('_', '-')}-missing",
        title=Text(vi=f"Bài thiếu {field.vi}", en=f"The article has no {field.en}"),
        message=Text(vi=f"Bài chưa có {field.vi}", en=f"The article has no {field.en}"),
        severity=severity,
        why=why,
        fix=fix,
        basis=basis,
        examples=Examples(bad=(without,), good=(WHOLE,)) if without != WHOLE else Examples(),
    )


_LINES = (
    ("title", "tiêu đề: Trường tổ chức ngày hội đọc sách\n"),
    ("sapo", WHOLE.splitlines(keepends=True)[2]),
    ("author", "tác giả: Trần Thị Bình\n"),
    ("category", "chuyên mục: Tin tức\n"),
    ("published_at", "ngày đăng: 21/04/2024\n"),
    ("approved_by", "người duyệt: Lê Văn Cường\n"),
    ("expires_at", ""),
    ("featured_image", ""),
)

TITLE = _rule(
    "title",
    Severity.ERROR,
    Text(
        vi="Cổng thông tin không nhận bài không có tiêu đề, và bạn đọc không tìm thấy bài.",
        en="Portals refuse an article without a title, and readers cannot find it.",
    ),
    Text(
        vi="Đặt tiêu đề cho bài; trong tệp: dòng “tiêu đề: …” ở đầu bài, hoặc kiểu Heading 1.",
        en="Give it a title; in a file: a line `title: …` at the top, or a level-1 heading.",
    ),
    "37-9.6",
)
SAPO = _rule(
    "sapo",
    Severity.WARNING,
    Text(
        vi="Tóm tắt hiện ở trang chủ và kết quả tìm kiếm; thiếu nó, bạn đọc khó biết bài nói gì.",
        en="The summary is what the home page and search results show.",
    ),
    Text(
        vi="Viết hai đến ba câu nêu ai, việc gì, ở đâu, khi nào; trong tệp: dòng “sapo: …”.",
        en="Two or three sentences: who, what, where, when; in a file: a line `sapo: …`.",
    ),
    "37-9.6",
)
AUTHOR = _rule(
    "author",
    Severity.WARNING,
    Text(
        vi="Tên tác giả là quyền nhân thân của người viết và cho biết ai chịu trách nhiệm.",
        en="The author's name is a moral right and shows who answers for the text.",
    ),
    Text(
        vi="Ghi tên người viết, bài chung thì ghi “Ban biên tập”; trong tệp: dòng “tác giả: …”.",
        en="Name the author, or “Ban biên tập” for the school's own; in a file: `author: …`.",
    ),
    "SHTT-19,25",
)
CATEGORY = _rule(
    "category",
    Severity.WARNING,
    Text(
        vi="Không có chuyên mục thì bài không nằm ở mục mà bạn đọc tìm.",
        en="Without a category the article is in no section.",
    ),
    Text(
        vi="Chọn mục, ví dụ Tin tức, Thông báo, Công khai; trong tệp: dòng “chuyên mục: …”.",
        en="Choose a section, such as Tin tức or Thông báo; in a file: `category: …`.",
    ),
    "37-9.6",
)
PUBLISHED = _rule(
    "published_at",
    Severity.WARNING,
    Text(
        vi="Ngày đăng cho biết thông tin còn mới hay không và bài được xét theo luật của ngày nào.",
        en="The date tells how fresh the news is and which law applies.",
    ),
    Text(
        vi="Ghi ngày đăng; trong tệp: dòng “ngày đăng: 05/09/2024”.",
        en="Give the date; in a file: `published_at: 2024-09-05`.",
    ),
    "37-9.6",
)
APPROVER = _rule(
    "approved_by",
    Severity.WARNING,
    Text(
        vi="Bài phải có người trong Ban biên tập duyệt và chịu trách nhiệm trước khi đăng.",
        en="A member of the editorial board approves an article and answers for it.",
    ),
    Text(
        vi="Ghi tên người duyệt, khi người ấy đã đọc và đồng ý; trong tệp: dòng “người duyệt: …”.",
        en="Name the approver, who has read and agreed; in a file: `approved_by: …`.",
    ),
    "37-10",
)
EXPIRES = _rule(
    "expires_at",
    Severity.INFO,
    Text(
        vi="Thông báo tuyển sinh, lấy ý kiến để quá hạn vẫn hiện trên trang dễ gây hiểu nhầm.",
        en="An admission notice that stays after its deadline misleads parents.",
    ),
    Text(
        vi="Ghi ngày hết hạn; trong tệp: dòng “hết hạn: 30/06/2024”.",
        en="Give the last day; in a file: `expires_at: 2024-06-30`.",
    ),
    "37-9.5",
)
FEATURED = _rule(
    "featured_image",
    Severity.INFO,
    Text(
        vi="Tin hoạt động cần ít nhất một ảnh đẹp để hiện ở trang chủ.",
        en="News of an event needs one good picture for the home page.",
    ),
    Text(
        vi="Chọn ảnh đại diện hoặc chèn ảnh vào bài; trong tệp: dòng “ảnh đại diện: ten-anh.jpg”.",
        en="Choose a picture or put one in the text; in a file: `featured_image: photo.jpg`.",
    ),
)
BODY = Rule(
    id="field-body-missing",
    severity=Severity.ERROR,
    title=Text(vi="Bài chưa có nội dung", en="The article has no body"),
    message=Text(vi="Bài chưa có nội dung, ảnh hay clip", en="No text, picture or clip"),
    why=Text(vi="Một bài trống không có gì cho bạn đọc.", en="There is nothing to read."),
    fix=Text(
        vi="Viết nội dung, hoặc chèn ảnh có lời mô tả.",
        en="Write the text, or add a picture with alternative text.",
    ),
    basis=("37-9.6",),
    examples=Examples(bad=("---\ntiêu đề: Bài trống\n---\n",), good=(WHOLE,)),
)
INVALID = Rule(
    id="field-invalid",
    severity=Severity.ERROR,
    title=Text(vi="Giá trị của trường không đọc được", en="The value of a field cannot be read"),
    message=Text(
        vi="Không hiểu {name} “{value}”; cần {expected}",
        en="Cannot read {name_en} “{value}”; it is {expected_en}",
    ),
    why=Text(
        vi="Ngày hoặc giá trị viết sai thì hệ thống bỏ qua, bài sẽ đăng thiếu thông tin.",
        en="A value that cannot be read is lost on publication.",
    ),
    fix=Text(
        vi="Viết lại giá trị theo đúng dạng cần có.", en="Write the value in the form it needs."
    ),
    basis=("37-9.6",),
    examples=Examples(
        bad=(WHOLE.replace("21/04/2024", "31/02/2024"), WHOLE.replace("21/04/2024", "hôm nay")),
        good=(WHOLE, WHOLE.replace("21/04/2024", "2024-04-21 08:30")),
    ),
)
UNKNOWN = Rule(
    id="field-unknown",
    severity=Severity.WARNING,
    title=Text(vi="Tên trường lạ ở đầu bài", en="Unknown field in the front matter"),
    message=Text(vi="Không có trường nào tên “{name}”", en="There is no field “{name}”"),
    why=Text(
        vi="Tên trường viết sai thì giá trị của nó không được dùng.",
        en="The value of a misspelled field is not used.",
    ),
    fix=Text(
        vi="Sửa lại tên trường; bảng tên trường có trong hướng dẫn.",
        en="Correct the name; the guide lists all names.",
    ),
    examples=Examples(bad=(WHOLE.replace("tác giả:", "tác dả:"),), good=(WHOLE,)),
)
DATES = Rule(
    id="field-date-order",
    severity=Severity.ERROR,
    title=Text(vi="Ngày cập nhật hoặc hết hạn trước ngày đăng", en="Dates in the wrong order"),
    message=Text(
        vi="{name} ({value}) trước ngày đăng ({published})",
        en="{name_en} ({value}) is before the publication date ({published})",
    ),
    why=Text(
        vi="Một bài không thể cập nhật hay hết hạn trước khi được đăng.",
        en="An article cannot be updated or expire before it is published.",
    ),
    fix=Text(vi="Kiểm tra lại các ngày.", en="Check the dates."),
    basis=("37-9.6",),
    examples=Examples(
        bad=(WHOLE.replace("người duyệt", "ngày cập nhật: 20/04/2024\nngười duyệt"),),
        good=(WHOLE.replace("người duyệt", "ngày cập nhật: 22/04/2024\nngười duyệt"),),
    ),
)
SELF_APPROVED = Rule(
    id="field-approved-by-author",
    severity=Severity.WARNING,
    title=Text(vi="Người duyệt cũng là tác giả", en="The author approved their own article"),
    message=Text(
        vi="Người duyệt trùng với tác giả: {name}", en="Author and approver are the same: {name}"
    ),
    why=Text(
        vi="Người thứ hai đọc mới thấy lỗi mà người viết không thấy.",
        en="A second reader sees what the writer does not.",
    ),
    fix=Text(
        vi="Nhờ người khác trong Ban biên tập duyệt bài.",
        en="Let another member of the board approve it.",
    ),
    basis=("37-10",),
    examples=Examples(bad=(WHOLE.replace("Lê Văn Cường", "Trần Thị Bình"),), good=(WHOLE,)),
)
NOT_ON_BOARD = Rule(
    id="field-approver-unknown",
    severity=Severity.WARNING,
    title=Text(vi="Người duyệt không thuộc Ban biên tập", en="The approver is not on the board"),
    message=Text(
        vi="“{name}” không có trong danh sách Ban biên tập của đơn vị",
        en="“{name}” is not on the list of the editorial board",
    ),
    why=Text(
        vi="Chỉ người trong Ban biên tập mới có quyền duyệt đăng.",
        en="Only members of the board may approve.",
    ),
    fix=Text(
        vi="Nhờ người trong Ban biên tập duyệt, hoặc bổ sung danh sách trong chính sách.",
        en="Ask a member, or complete the list in the policy.",
    ),
    basis=("37-10",),
)

NOT_CHECKED = Rule(
    id="field-not-checked",
    severity=Severity.INFO,
    title=Text(vi="Chưa kiểm tra các trường của bài", en="The fields were not checked"),
    message=Text(
        vi="Tệp .txt không mang được tiêu đề, tác giả, ngày đăng…, nên chưa xét các trường này",
        en="A .txt file carries no title, author or date, so the fields were not checked",
    ),
    why=Text(
        vi="Bài .txt đạt yêu cầu về chữ vẫn có thể thiếu những trường bắt buộc.",
        en="A .txt that passes may still lack required fields.",
    ),
    fix=Text(
        vi="Soạn bài bằng .docx hoặc .md để ghi các trường, rồi kiểm tra lại.",
        en="Write the article as .docx or .md, with its fields.",
    ),
    examples=Examples(bad=(Draft("Nội dung của bài.\n", name="a.txt"),), good=(WHOLE,)),
)

BY_NAME = {
    "title": TITLE,
    "sapo": SAPO,
    "author": AUTHOR,
    "category": CATEGORY,
    "published_at": PUBLISHED,
    "approved_by": APPROVER,
    "expires_at": EXPIRES,
    "featured_image": FEATURED,
}
EVERY_KIND = ("title", "author", "category", "published_at", "approved_by")
BY_KIND: dict[str, tuple[str, ...]] = {
    "tin-bai": (*EVERY_KIND, "sapo", "featured_image"),
    "thong-bao": EVERY_KIND,
    "van-ban": ("title", "category", "published_at", "approved_by"),
    "cong-khai": ("title", "category", "published_at", "approved_by"),
    "tuyen-sinh": (*EVERY_KIND, "expires_at"),
}


class RequiredFieldsOptions(Options):
    """Which fields are asked for, by kind of article."""

    fields: dict[str, tuple[str, ...]] = Field(
        BY_KIND, description="Required fields by kind of article"
    )
    board: tuple[str, ...] = Field(
        (), description="Names of the editorial board; empty: not compared"
    )
    plain_text: bool = Field(
        False, description="Also ask .txt files, which cannot carry fields, for them"
    )


@check(
    *BY_NAME.values(),
    BODY,
    INVALID,
    UNKNOWN,
    DATES,
    SELF_APPROVED,
    NOT_ON_BOARD,
    NOT_CHECKED,
    subject=Article,
    options=RequiredFieldsOptions,
)
def required_fields(article: Article, options: RequiredFieldsOptions) -> Iterator[Finding]:
    """Fields that are missing, cannot be read, or contradict each other."""
    fields = article.fields
    if missing_fence(article):
        pass  # head_lines says why no field was read
    elif article.format != "text" or options.plain_text:
        for name in options.fields.get(fields.kind or "tin-bai", ()):
            if name in BY_NAME and not _present(article, name) and name not in fields.invalid:
                yield BY_NAME[name].at(article, field=name)
    else:
        yield NOT_CHECKED.at(article)
    body = any(b.field == "body" and b.text.strip() and not b.hidden for b in article.blocks)
    if not body and not article.images and not article.videos and not article.attachments:
        yield BODY.at(article, field="body")
    for name, value in fields.invalid.items():
        label, expected = field_name(name), FORMS.get(name, DAY)
        yield INVALID.at(
            article,
            field=name,
            value=value,
            name=label.vi,
            name_en=label.en,
            expected=expected.vi,
            expected_en=expected.en,
        )
    for name in fields.unknown:
        yield UNKNOWN.at(article, field=name, name=name)
    yield from _dates(article, fields)
    yield from _approval(article, fields, options)


def _present(article: Article, name: str) -> bool:
    if name == "featured_image":
        return bool(article.fields.featured_image or article.images or article.videos)
    return bool(getattr(article.fields, name))


def _dates(article: Article, fields: Fields) -> Iterator[Finding]:
    published = fields.published_at
    if published is None:
        return
    for name in ("updated_at", "expires_at"):
        value = getattr(fields, name)
        if value is not None and value.date() < published.date():
            yield DATES.at(
                article,
                field=name,
                value=f"{value:%d/%m/%Y}",
                published=f"{published:%d/%m/%Y}",
                name=field_name(name).vi,
                name_en=field_name(name).en,
            )


def _approval(
    article: Article, fields: Fields, options: RequiredFieldsOptions
) -> Iterator[Finding]:
    if not fields.approved_by:
        return
    approver = _folded(fields.approved_by)
    if fields.author and approver == _folded(fields.author) and approver != "ban biên tập":
        yield SELF_APPROVED.at(article, field="approved_by", name=fields.approved_by)
    if options.board and approver not in {_folded(each) for each in options.board}:
        yield NOT_ON_BOARD.at(article, field="approved_by", name=fields.approved_by)


def _folded(name: str) -> str:
    from unicodedata import normalize

    return " ".join(normalize("NFC", name).lower().split())
