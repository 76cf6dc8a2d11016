"""Text hygiene: titles, spaces, punctuation, empty sections and forgotten placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check

GOOD = "# Trường tổ chức ngày hội đọc sách\n\nSáng 21/4, ngày hội diễn ra vui tươi (có 500 em).\n"

TITLE_SHORT = Rule(
    id="hygiene-title-short",
    severity=Severity.WARNING,
    title=Text(vi="Tiêu đề quá ngắn", en="Title too short"),
    message=Text(
        vi="Tiêu đề dài {length} ký tự; nên có ít nhất {least}",
        en="The title has {length} characters; at least {least} are needed",
    ),
    why=Text(
        vi="Tiêu đề quá ngắn không cho bạn đọc biết bài nói về việc gì.",
        en="A very short title does not tell what the article is about.",
    ),
    fix=Text(vi="Viết tiêu đề nêu rõ ai làm việc gì.", en="Say who does what."),
    basis=("37-9.6",),
    examples=Examples(bad=("# Tin\n\nNội dung bài.\n",), good=(GOOD,)),
)
TITLE_LONG = Rule(
    id="hygiene-title-long",
    severity=Severity.WARNING,
    title=Text(vi="Tiêu đề quá dài", en="Title too long"),
    message=Text(
        vi="Tiêu đề dài {length} ký tự; nhiều cổng chỉ nhận {most}",
        en="The title has {length} characters; many portals accept {most}",
    ),
    why=Text(
        vi="Phần vượt quá bị hệ thống cắt mất hoặc tràn khung trên trang chủ.",
        en="What exceeds the limit is cut off by the system.",
    ),
    fix=Text(
        vi="Rút gọn tiêu đề, chuyển chi tiết xuống phần tóm tắt.",
        en="Shorten it and move details to the summary.",
    ),
    basis=("37-9.6",),
    examples=Examples(
        bad=(f"# {'Trường tổ chức hội thảo chuyên đề ' * 9}\n\nNội dung.\n",), good=(GOOD,)
    ),
)
TITLE_CAPITALS = Rule(
    id="hygiene-title-capitals",
    severity=Severity.WARNING,
    title=Text(vi="Tiêu đề viết hoa toàn bộ", en="Title in capitals only"),
    message=Text(vi="Tiêu đề viết hoa toàn bộ", en="The title is in capitals only"),
    why=Text(
        vi="Chữ hoa toàn bộ khó đọc, không phân biệt được tên riêng.",
        en="Capitals are hard to read and hide proper names.",
    ),
    fix=Text(
        vi="Chỉ viết hoa chữ đầu câu và tên riêng.", en="Capitalise the first word and names only."
    ),
    examples=Examples(bad=("# TRƯỜNG TỔ CHỨC NGÀY HỘI ĐỌC SÁCH\n\nNội dung.\n",), good=(GOOD,)),
)
TITLE_STOP = Rule(
    id="hygiene-title-full-stop",
    severity=Severity.INFO,
    title=Text(vi="Tiêu đề kết thúc bằng dấu chấm", en="Title ends with a full stop"),
    message=Text(vi="Tiêu đề không cần dấu chấm cuối", en="A title needs no full stop"),
    why=Text(vi="Theo quy ước báo chí, tiêu đề không có dấu chấm.", en="House style of the press."),
    fix=Text(vi="Bỏ dấu chấm cuối tiêu đề.", en="Remove it."),
    examples=Examples(bad=("# Trường tổ chức ngày hội đọc sách.\n\nNội dung.\n",), good=(GOOD,)),
)
SAPO_COPY = Rule(
    id="hygiene-sapo-copies-title",
    severity=Severity.WARNING,
    title=Text(vi="Tóm tắt chép lại tiêu đề", en="The summary repeats the title"),
    message=Text(vi="Tóm tắt giống hệt tiêu đề", en="The summary is the same as the title"),
    why=Text(vi="Bạn đọc không biết thêm điều gì.", en="It tells nothing new."),
    fix=Text(
        vi="Viết hai, ba câu nêu điều chính của bài.", en="Write what matters in the article."
    ),
    examples=Examples(
        bad=("---\ntiêu đề: Ngày hội đọc sách\nsapo: Ngày hội đọc sách\n---\nNội dung.\n",),
        good=(GOOD,),
    ),
)
SAPO_LENGTH = Rule(
    id="hygiene-sapo-length",
    severity=Severity.INFO,
    title=Text(vi="Tóm tắt quá ngắn hoặc quá dài", en="Summary too short or too long"),
    message=Text(
        vi="Tóm tắt dài {length} ký tự; nên từ {least} đến {most}",
        en="The summary has {length} characters; {least} to {most} are best",
    ),
    why=Text(
        vi="Trang chủ chỉ hiện vài dòng đầu; ngắn quá thì không đủ ý.",
        en="The home page shows a few lines only.",
    ),
    fix=Text(vi="Viết lại trong hai đến ba câu.", en="Rewrite it in two or three sentences."),
    examples=Examples(
        bad=("---\ntiêu đề: Ngày hội đọc sách\nsapo: Vui lắm.\n---\nNội dung.\n",), good=(GOOD,)
    ),
)
DOUBLE_SPACE = Rule(
    id="hygiene-double-space",
    severity=Severity.INFO,
    title=Text(vi="Thừa dấu cách", en="Repeated spaces"),
    message=Text(vi="Thừa {count} dấu cách", en="{count} spaces too many"),
    why=Text(vi="Chữ cách nhau không đều, trông thiếu cẩn thận.", en="The text looks careless."),
    fix=Text(vi="Chỉ để một dấu cách.", en="Keep one space."),
    examples=Examples(bad=('---\ntiêu đề: "Ngày  hội đọc sách"\n---\nNội dung.\n',), good=(GOOD,)),
)
SPACE_BEFORE = Rule(
    id="hygiene-space-before-punctuation",
    severity=Severity.INFO,
    title=Text(vi="Có dấu cách trước dấu câu", en="Space before punctuation"),
    message=Text(vi="Thừa dấu cách trước “{mark}”", en="A space too many before “{mark}”"),
    why=Text(
        vi="Dấu câu viết liền chữ đứng trước; có dấu cách thì dấu câu dễ rơi xuống dòng dưới.",
        en="Vietnamese sets punctuation close to the word before it.",
    ),
    fix=Text(vi="Bỏ dấu cách.", en="Remove the space."),
    examples=Examples(
        bad=("# Ngày hội đọc sách\n\nCác em rất vui , rất hào hứng.\n",), good=(GOOD,)
    ),
)
SPACE_AFTER = Rule(
    id="hygiene-space-after-punctuation",
    severity=Severity.INFO,
    title=Text(vi="Thiếu dấu cách sau dấu câu", en="No space after punctuation"),
    message=Text(vi="Thiếu dấu cách sau “{mark}”", en="A space is missing after “{mark}”"),
    why=Text(vi="Hai chữ dính nhau khó đọc.", en="Two words run together."),
    fix=Text(vi="Thêm một dấu cách.", en="Add a space."),
    examples=Examples(
        bad=("# Ngày hội đọc sách\n\nCác em rất vui,rất hào hứng.\n",),
        good=(GOOD, "# Điểm thi năm nay\n\nĐiểm 7,5 và 8.25, lúc 7:30, xem a,b và vnexpress.vn.\n"),
    ),
)
SPACE_INSIDE = Rule(
    id="hygiene-space-inside-brackets",
    severity=Severity.INFO,
    title=Text(vi="Thừa dấu cách trong ngoặc", en="Space inside brackets"),
    message=Text(vi="Thừa dấu cách cạnh “{mark}”", en="A space too many beside “{mark}”"),
    why=Text(vi="Ngoặc viết liền với chữ bên trong.", en="Brackets stand close to the text."),
    fix=Text(vi="Bỏ dấu cách.", en="Remove the space."),
    examples=Examples(bad=("# Ngày hội đọc sách\n\nCác em ( lớp 5 ) rất vui.\n",), good=(GOOD,)),
)
REPEATED_MARK = Rule(
    id="hygiene-repeated-punctuation",
    severity=Severity.INFO,
    title=Text(vi="Dấu câu lặp", en="Repeated punctuation"),
    message=Text(vi="Dấu câu lặp “{mark}”", en="Repeated punctuation “{mark}”"),
    why=Text(vi="Văn phong của nhà trường không dùng dấu câu lặp.", en="Not in a school's style."),
    fix=Text(vi="Chỉ để một dấu.", en="Keep one mark."),
    examples=Examples(
        bad=("# Ngày hội đọc sách\n\nThật tuyệt vời!!!\n",),
        good=("# Ngày hội đọc sách\n\nCác em đọc truyện, thơ, báo... rồi kể lại.\n",),
    ),
)
EMPTY_SECTION = Rule(
    id="hygiene-empty-section",
    severity=Severity.WARNING,
    title=Text(vi="Mục không có nội dung", en="Empty section"),
    message=Text(vi="Mục “{heading}” không có nội dung", en="Section “{heading}” is empty"),
    why=Text(
        vi="Bạn đọc thấy đề mục nhưng không có thông tin bên dưới.",
        en="Readers see a heading with nothing below it.",
    ),
    fix=Text(vi="Viết nội dung hoặc bỏ đề mục.", en="Write the section or remove the heading."),
    examples=Examples(
        bad=("# Ngày hội\n\n## Chương trình\n\n## Thành phần\n\nToàn thể học sinh.\n",),
        good=("# Ngày hội\n\n## Chương trình\n\n### Buổi sáng\n\nĐọc sách.\n",),
    ),
)
PLACEHOLDER = Rule(
    id="hygiene-placeholder",
    severity=Severity.ERROR,
    title=Text(vi="Chữ giữ chỗ chưa thay", en="Forgotten placeholder"),
    message=Text(vi="Chữ giữ chỗ “{text}” chưa được thay", en="Placeholder “{text}” was left in"),
    why=Text(
        vi="Đây là chữ mẫu của người soạn, không phải nội dung cho bạn đọc.",
        en="It is a note of the writer, not content.",
    ),
    fix=Text(vi="Thay bằng nội dung thật hoặc xóa.", en="Replace or remove it."),
    examples=Examples(
        bad=(
            "# Ngày hội đọc sách\n\nLorem ipsum dolor sit amet.\n",
            "# Ngày hội đọc sách\n\nTODO: bổ sung số liệu.\n",
            "# Ngày hội đọc sách\n\nTổng số học sinh: xxx em.\n",
            "# Ngày hội đọc sách\n\n[Chèn ảnh vào đây]\n",
        ),
        good=(GOOD, "# Giờ Tin học\n\nĐại hội lần thứ XXX, áo cỡ XXXL [số 5].\n"),
    ),
)

PROSE = frozenset(
    (
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.QUOTE,
        BlockKind.CAPTION,
        BlockKind.CELL,
        BlockKind.SAPO,
        BlockKind.TITLE,
        BlockKind.FOOTNOTE,
        BlockKind.TEXTBOX,
    )
)
# Read from the beginning of a word only, so that a long word costs no square.
SKIPPED = regex(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+|(?<!\S)\S+\.(?:vn|com|org|net|edu|gov)\S*")
SPACES = regex(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
BEFORE = regex(r"(?<=[^\W_])([ \u00a0]+)([,;:!?]|\.(?![.\w]))(?=\s|\Z|[\"”»)])")
AFTER = regex(r"([,;!?])(?=[^\W\d_]{2,})|(?<=[^\W\d_]{2})([.:])(?=[A-ZÀ-ỸĐ][^\W\d_])")
INSIDE = regex(r"([(\[“])([ \u00a0]+)(?=\w)|(?<=\w)([ \u00a0]+)([)\]”])")
REPEATED = regex(r"(!)\1+|(?<!\?)\?\?(?!\?)|(?<![.,])([,;])\2+|(?<!\.)\.\.(?!\.)")
# What a match of BEFORE, AFTER, INSIDE or REPEATED holds.
SUSPECT = regex(
    r"(?<=[ \u00a0])[,;:!?.)\]”]|[(\[“](?=[ \u00a0])|[,;!?](?=[^\W\d_])|[.:](?=[A-ZÀ-ỸĐ])"
    r"|!!|\?\?|,,|;;|\.\."
)
PLACEHOLDERS = regex(
    r"(?i)\blorem\s+ipsum\b|\[(?:chèn|điền|nhập|thêm|ghi|insert)\b[^\]\n]{0,40}\]"
    r"|\[(?:tên [^\]\n]{1,30}|ảnh|hình|video)\]"
    r"|<(?:điền|chèn|nhập|tên|ngày)[^>\n]{0,40}>|\{\{[^}\n]{0,60}\}\}"
)
CASED = regex(r"\b(?:TODO|FIXME|TBD|TBC)\b|\bx{3,}\b|\bX{4,}\b|(?<![\w.])[?]{3,}|\bABC\s?XYZ\b")


class HygieneOptions(Options):
    """Limits of titles and summaries, in characters."""

    title_least: int = Field(10, ge=1, description="Shortest title, characters")
    title_most: int = Field(250, ge=20, description="Longest title, characters")
    sapo_least: int = Field(80, ge=1, description="Shortest summary, characters")
    sapo_most: int = Field(400, ge=50, description="Longest summary, characters")


@check(
    TITLE_SHORT,
    TITLE_LONG,
    TITLE_CAPITALS,
    TITLE_STOP,
    SAPO_COPY,
    SAPO_LENGTH,
    subject=Article,
    options=HygieneOptions,
)
def headline(article: Article, options: HygieneOptions) -> Iterator[Finding]:
    """The look of the title and the summary."""
    title = next((b for b in article.blocks if b.kind is BlockKind.TITLE), None)
    sapo = next((b for b in article.blocks if b.kind is BlockKind.SAPO), None)
    if title is not None:
        text = title.nfc.text
        if len(text) < options.title_least:
            yield TITLE_SHORT.at(title, length=len(text), least=options.title_least)
        if len(text) > options.title_most:
            yield TITLE_LONG.at(title, length=len(text), most=options.title_most)
        if _shouted(text):
            yield TITLE_CAPITALS.at(title)
        if re.search(r"[^.]\.\Z", text):
            end = len(title.text)
            yield TITLE_STOP.at(title, end - 1, end, suggestions=(Suggestion("", safe=True),))
    if sapo is not None:
        text = sapo.nfc.text
        if title is not None and _bare(text) == _bare(title.nfc.text):
            yield SAPO_COPY.at(sapo)
        elif not options.sapo_least <= len(text) <= options.sapo_most:
            yield SAPO_LENGTH.at(
                sapo, length=len(text), least=options.sapo_least, most=options.sapo_most
            )


@check(DOUBLE_SPACE, SPACE_BEFORE, SPACE_AFTER, SPACE_INSIDE, REPEATED_MARK, subject=Block)
def spacing(block: Block, options: Options) -> Iterator[Finding]:
    """Spaces and punctuation in running text."""
    if block.kind not in PROSE or block.hidden:
        return
    text = block.text
    skipped: list[tuple[int, int]] | None = None

    def outside(match: re.Match[str]) -> bool:
        nonlocal skipped
        if skipped is None:
            skipped = [each.span() for each in SKIPPED.finditer(text)]
        return not any(a <= match.start() < b for a, b in skipped)

    for match in SPACES.finditer(text):
        count = match.end() - match.start() - 1
        yield DOUBLE_SPACE.at(block, *match.span(), suggestions=_replace(" "), count=count)
    if not SUSPECT.search(text):
        return
    for match in filter(outside, BEFORE.finditer(text)):
        yield SPACE_BEFORE.at(
            block, match.start(1), match.end(2), suggestions=_replace(match[2]), mark=match[2]
        )
    for match in filter(outside, AFTER.finditer(text)):
        mark = match[1] or match[2]
        yield SPACE_AFTER.at(
            block, match.start(), match.end(), suggestions=_replace(f"{mark} "), mark=mark
        )
    for match in INSIDE.finditer(text):
        mark = match[1] or match[4]
        yield SPACE_INSIDE.at(block, *match.span(), suggestions=_replace(mark), mark=mark)
    for match in filter(outside, REPEATED.finditer(text)):
        mark = match[0]
        fixed = "..." if mark == ".." else mark[0]
        yield REPEATED_MARK.at(block, *match.span(), suggestions=(Suggestion(fixed),), mark=mark)


@check(PLACEHOLDER, subject=Block)
def placeholder(block: Block, options: Options) -> Iterator[Finding]:
    """Text that the writer meant to replace."""
    if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
        return
    view = block.nfc
    for pattern in (PLACEHOLDERS, CASED):
        for match in pattern.finditer(view.text):
            start, end = view.original(*match.span())
            yield PLACEHOLDER.at(block, start, end, text=match[0])


@check(EMPTY_SECTION, subject=Article)
def empty_section(article: Article, options: Options) -> Iterator[Finding]:
    """Headings with nothing below them."""
    if article.format == "text":
        return
    body = [b for b in article.blocks if b.field == "body" and not b.hidden and b.text.strip()]
    for index, block in enumerate(body):
        if block.kind is not BlockKind.HEADING:
            continue
        following = body[index + 1] if index + 1 < len(body) else None
        deeper = (
            following is not None
            and following.kind is BlockKind.HEADING
            and (following.level or 6) > (block.level or 1)
        )
        if following is not None and (following.kind is not BlockKind.HEADING or deeper):
            continue
        if not _media_between(article, block, following):
            yield EMPTY_SECTION.at(block, heading=block.text.strip())


def _media_between(article: Article, block: Block, following: Block | None) -> bool:
    """Whether a picture or clip stands between two blocks, or somewhere that is not known."""
    here = _position(block, at_end=True)
    there = _position(following, at_end=False) if following is not None else None
    for file in (*article.images, *article.videos):
        place = file.tag_span[0] if file.tag_span is not None else file.place.paragraph
        if place is None and following is None:
            return True
        behind = place is not None and here is not None and here <= place
        if behind and (there is None or (place or 0) <= there):
            return True
    return here is None


def _position(block: Block, *, at_end: bool) -> int | None:
    """Where a block stands in its file: an offset, or the number of its paragraph."""
    if block.offsets is None:
        return block.place.paragraph
    source = block.offsets.source(0, len(block.text))
    return source[1 if at_end else 0] if source is not None else None


def _replace(text: str) -> tuple[Suggestion, ...]:
    return (Suggestion(text, safe=True),)


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) >= 0.95 * len(letters)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
