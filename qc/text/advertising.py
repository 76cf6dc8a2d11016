"""Advertising: goods that may not be advertised, drink and tobacco, and sales talk in an article.

A single word says nothing: a finding needs words of promotion near the goods, and text on
prevention, law or health education is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.text.editorial._passages import Passage, passages

BANNED = Rule(
    id="law-banned-goods-promoted",
    title=Text(vi="Quảng bá hàng hóa cấm quảng cáo", en="Promotion of goods that may not be"),
    message=Text(
        vi="Có lời quảng bá gần “{goods}”, thuộc nhóm cấm quảng cáo: {group}",
        en="Promotion near “{goods}”, which may not be advertised",
    ),
    why=Text(
        vi="Luật Quảng cáo cấm quảng cáo các hàng hóa này; cổng trường học càng không được đăng.",
        en="The Law on Advertising bans it; a school portal all the more.",
    ),
    fix=Text(vi="Bỏ đoạn quảng bá.", en="Take the promotion out."),
    basis=("QC-7,8",),
    examples=Examples(
        bad=(
            "Giảm giá sữa công thức cho trẻ dưới 24 tháng, đặt hàng ngay 0912 345 678.",
            "Khuyến mãi rượu mạnh 40 độ, mua ngay kẻo hết.",
        ),
        good=(
            "Bác sĩ khuyên không dùng sữa công thức cho trẻ dưới 24 tháng thay sữa mẹ.",
            "Trường tuyên truyền tác hại của rượu mạnh.",
        ),
    ),
)
ALCOHOL = Rule(
    id="law-alcohol-promoted",
    title=Text(vi="Rượu, bia xuất hiện theo hướng cổ vũ", en="Alcohol shown with approval"),
    message=Text(
        vi="“{goods}” đi cùng “{promotion}”: không cổ vũ rượu, bia trên cổng trường học",
        en="“{goods}” with “{promotion}”: no approval of alcohol on a school portal",
    ),
    why=Text(
        vi="Luật cấm cung cấp thông tin, quảng cáo rượu, bia hướng đến học sinh.",
        en="The law bans information and advertising of alcohol directed at pupils.",
    ),
    fix=Text(vi="Bỏ chi tiết về rượu, bia.", en="Take the detail out."),
    basis=("RB-5,12", "QC-7,8"),
    examples=Examples(
        bad=("Hội khỏe do hãng bia Ong Vàng tài trợ, các em nâng ly bia chúc mừng.",),
        good=(
            "Tuyên truyền Luật Phòng, chống tác hại của rượu, bia đến học sinh.",
            "Nhà tài trợ trao 20 suất học bổng. Bia đá ở đình làng được bảo vệ.",
        ),
    ),
)
TOBACCO = Rule(
    id="law-tobacco-promoted",
    title=Text(vi="Thuốc lá xuất hiện theo hướng cổ vũ", en="Tobacco shown with approval"),
    message=Text(
        vi="“{goods}” đi cùng “{promotion}”: không quảng bá thuốc lá dưới mọi hình thức",
        en="“{goods}” with “{promotion}”: tobacco may not be promoted in any form",
    ),
    why=Text(
        vi="Luật cấm quảng cáo, khuyến mại thuốc lá; thuốc lá điện tử cũng bị cấm.",
        en="The law bans advertising of tobacco; e-cigarettes are banned too.",
    ),
    fix=Text(vi="Bỏ chi tiết về thuốc lá.", en="Take the detail out."),
    basis=("TL-9", "TL-173"),
    examples=Examples(
        bad=("Giảm giá thuốc lá điện tử, pod, vape giao tận nơi.",),
        good=("Trường cam kết không khói thuốc, cấm thuốc lá điện tử.",),
    ),
)
SALES = Rule(
    id="law-sales-talk",
    title=Text(
        vi="Bài viết có dấu hiệu quảng cáo bán hàng", en="The article looks like sales talk"
    ),
    message=Text(
        vi="Đoạn có {signs}: giống quảng cáo bán hàng", en="The passage has {signs_en}: sales talk"
    ),
    why=Text(
        vi="Cổng thông tin của trường không đăng quảng cáo thương mại; quảng cáo phải ghi rõ.",
        en="A school portal carries no commercial advertising.",
    ),
    fix=Text(
        vi="Bỏ giá, số điện thoại bán hàng và lời mời mua; thông tin thu chi của trường thì ghi rõ "
        "căn cứ.",
        en="Take prices, sales numbers and offers out.",
    ),
    basis=("QC-7,8",),
    examples=Examples(
        bad=("Khuyến mãi đồng phục chỉ 199.000 đồng/bộ, gọi ngay 0912 345 678 để đặt hàng.",),
        good=(
            "Mức thu tiền ăn bán trú 25.000 đồng/ngày, liên hệ văn phòng 0221 3931 234.",
            "Trường kêu gọi ủng hộ 500.000 đồng, điện thoại 0912 345 678.",
        ),
    ),
)
MISTAKEN_PRESS = Rule(
    id="law-press-title-used",
    title=Text(vi="Dùng danh xưng của báo chí", en="Titles of the press"),
    message=Text(
        vi="“{word}” là danh xưng của cơ quan báo chí; cổng thông tin dùng “{right}”",
        en="“{word}” belongs to the press; a portal says “{right}”",
    ),
    why=Text(
        vi="Cổng thông tin của trường không phải cơ quan báo chí.",
        en="A school portal is no press organ and its writers are no reporters.",
    ),
    fix=Text(vi="Ghi tên người viết hoặc “Ban biên tập”.", en="Give the writer's name."),
    basis=("BC16/25",),
    examples=Examples(
        bad=(
            "---\ntác giả: Phóng viên Minh Anh\n---\nTin của trường.\n",
            "Bài vở xin gửi về tòa soạn chúng tôi.",
        ),
        good=(
            "---\ntác giả: Minh Anh\n---\nTin của trường.\n",
            "Phóng viên báo Giáo dục và Thời đại về trường lấy tin.",
        ),
    ),
)
PREVENTION = regex(
    r"phòng,?\s*chống|tác\s+hại|tuyên\s+truyền|không\s+(?:hút|uống|sử\s+dụng|khói|dùng|mua|bán|được)|"
    r"nói\s+không|cai\s+|bỏ\s+thuốc|ngăn\s+chặn|nghiêm\s+cấm|(?<!\w)cấm(?!\w)|xử\s+phạt|vi\s+phạm|"
    r"(?<!\w)luật(?!\w)|bệnh|ung\s+thư|nghiện|ngộ\s+độc|nguy\s+(?:cơ|hại)|cam\s+kết|tịch\s+thu|kiểm\s+tra",
)
PROMOTION = regex(
    r"khuyến\s+m[ãạ]i|giảm\s+giá|ưu\s+đãi\s+(?:lớn|sốc|đặc|hấp|khi|khủng)|mua\s+ngay|đặt\s+(?:hàng|mua)|giá\s+(?:chỉ|rẻ|sốc|tốt)|"
    r"giao\s+(?:hàng|tận\s+nơi)|gọi\s+ngay|inbox|bán\s+(?:sỉ|lẻ|buôn)|chính\s+hãng|hàng\s+xịn|"
    r"mua\s+\d+\s+tặng|quà\s+tặng\s+khi\s+mua|thanh\s+lý|xả\s+kho|order|ship\s+cod",
)
GOODS = (
    ("sữa thay thế sữa mẹ", r"sữa\s+(?:công\s+thức|bột)[^.!?\n]{0,40}dưới\s+(?:24|12|6)\s+tháng"),
    ("bình bú, vú ngậm nhân tạo", r"bình\s+bú|vú\s+ngậm\s+(?:nhân\s+tạo|giả)"),
    ("rượu từ 15 độ", r"rượu\s+(?:mạnh|vodka|whisky|tây|ngoại|\d{2}\s*độ)|vodka|whisky"),
    ("thuốc kê đơn", r"thuốc\s+kê\s+đơn|thuốc\s+kháng\s+sinh"),
    ("sản phẩm kích dục", r"kích\s+dục|cường\s+dương"),
    ("vũ khí, đồ chơi bạo lực", r"súng\s+(?:săn|hơi|nhựa|điện|bắn\s+đạn)|đồ\s+chơi\s+bạo\s+lực"),
)
ALCOHOL_WORDS = regex(r"(?<!\w)(?:rượu|bia)(?!\s*(?:đá|ký|mộ|tưởng|miệng|văn))(?!\w)")
ALCOHOL_CHEER = regex(
    r"nâng\s+(?:ly|cốc)|chúc\s+rượu|cụng\s+ly|uống\s+(?:rượu|bia)\s+(?:mừng|vui)|"
    r"(?:bia|rượu)(?:\s+\S+){1,4}\s+(?:tài\s+trợ|đồng\s+hành)|tiệc\s+(?:rượu|bia)",
)
TOBACCO_WORDS = regex(
    r"thuốc\s+lá(?:\s+(?:điện\s+tử|nung\s+nóng))?|(?<!\w)(?:vape|pod|shisha)(?!\w)|xì\s+gà"
)
TOBACCO_CHEER = regex(r"hãng\s+thuốc\s+lá|thuốc\s+lá\s+\S+\s+tài\s+trợ")
PRICE = regex(r"\d{1,3}(?:[.,]\d{3})+\s*(?:đồng|đ(?!\w)|VN[ĐD])|(?<!\w)\d{2,4}k(?!\w)", re.I)
PHONE = regex(r"(?<!\d)0\d{2,3}[\s.-]?\d{3}[\s.-]?\d{3,4}(?!\d)")
SALES_GATE = regex(
    r"khuyến m|giá\s|giảm\s+giá|ưu đãi|mua|đặt hàng|giao hàng|ship|giao tận|gọi ngay|inbox"
    r"|bán |chính hãng|hàng xịn|thanh lý|xả kho|order|rượu|bia|thuốc lá",
    re.IGNORECASE,
)
PRESS_GATE = regex("soạn|phóng viên|báo điện tử", re.IGNORECASE)
PRESS_AUTHOR = regex(r"(?<!\w)(?:phóng\s+viên|PV|nhà\s+báo)(?!\w)", re.IGNORECASE)
PRESS_OWN = regex(
    r"(?:tòa|toà)\s+soạn\s+(?:chúng\s+tôi|của\s+chúng\s+tôi|cổng)|phóng\s+viên\s+(?:nhà\s+trường|của\s+"
    r"trường|cổng\s+thông\s+tin)|báo\s+điện\s+tử\s+(?:của\s+)?(?:nhà\s+)?trường",
    re.IGNORECASE,
)


@check(BANNED, ALCOHOL, TOBACCO, SALES, MISTAKEN_PRESS, subject=Article)
def advertising(article: Article, _: Options) -> Iterator[Finding]:
    """Promotion in the visible text, and press titles of the portal's own people."""
    for passage in passages(article):
        if passage.block.field == "author":
            yield from _press(passage, PRESS_AUTHOR)
            continue
        press, sales = PRESS_GATE.search(passage.text), SALES_GATE.search(passage.text)
        lowered = passage.lower if press or sales else None
        if lowered is None:
            continue
        if press:
            yield from _press(passage, PRESS_OWN)
        if sales:
            yield from _promoted(passage, lowered)


def _press(passage: Passage, pattern: re.Pattern[str]) -> Iterator[Finding]:
    match = pattern.search(passage.text)
    if match:
        right = "Ban biên tập"
        facts = {"word": match[0], "right": right}
        yield passage.report(MISTAKEN_PRESS, match.span(), facts)


def _promoted(passage: Passage, text: str) -> Iterator[Finding]:
    """`text` is the passage in lower case, of the same length."""
    offer = PROMOTION.search(text)
    if offer and not PREVENTION.search(text):
        for group, named in GOODS:
            goods = re.search(named, text)
            if goods:
                facts = {"goods": passage.text[slice(*goods.span())], "group": group}
                yield passage.report(BANNED, goods.span(), facts, confidence=Confidence.MEDIUM)
                return
    told = False
    for rule, words, cheer in (
        (ALCOHOL, ALCOHOL_WORDS, ALCOHOL_CHEER),
        (TOBACCO, TOBACCO_WORDS, TOBACCO_CHEER),
    ):
        word = words.search(text)
        praise = (cheer.search(text) or offer) if word else None
        if word and praise and not PREVENTION.search(text):
            told = True
            facts = {
                "goods": passage.text[slice(*word.span())],
                "promotion": passage.text[slice(*praise.span())],
            }
            yield passage.report(rule, word.span(), facts, confidence=Confidence.MEDIUM)
    if not told and offer and PHONE.search(text):
        price = PRICE.search(text)
        signs = ["lời mời mua", "số điện thoại", *(["giá"] if price else [])]
        english = ["an offer", "a phone number", *(["a price"] if price else [])]
        facts = {"signs": ", ".join(signs), "signs_en": ", ".join(english)}
        severity = None if price else Severity.INFO
        yield passage.report(SALES, offer.span(), facts, severity=severity)
