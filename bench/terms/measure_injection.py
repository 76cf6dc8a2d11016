"""An article and one injected snippet: is it found, and by which rule?

    QC_DATA=DIR python -m bench.terms.measure_injection [--count 600] [--show]

The carriers are runs of news paragraphs in which nothing is found; the snippets are put together
here from titles and phrases of reported cases, apart from the product's lists.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

from bench.terms._inputs import groups, parser
from bench.terms.evasion import bare
from bench.terms.measure_clean import article_of
from qc.core.article import Article
from qc.documents.load import Source, load
from qc.text.injected import injected_content
from qc.text.terms.banned import banned_terms

PHRASES = (
    "cách chơi tài xỉu", "game bài đổi thưởng", "bạch thủ lô ngày mai", "soi cầu miền bắc 24 giờ",
    "tài xỉu là như thế nào", "trang cá độ bóng đá uy tín nhất việt nam",
    "top casino online châu á", "nhà cái uy tín 2023", "nổ hũ thần tài", "trực tiếp xổ số",
    "bắn cá đổi thưởng", "xổ số miền bắc", "kết quả xsmb hôm nay", "lô 3 càng", "đá gà trực tiếp",
    "kèo nhà cái hôm nay", "tỷ lệ kèo bóng đá", "soi kèo ngoại hạng anh", "đánh bài ăn tiền thật",
    "link vào nhà cái mới nhất", "đăng nhập kubet", "tải app sunwin", "casino trực tuyến uy tín",
    "xóc đĩa online", "cá cược thể thao", "dàn đề 36 số", "quay hũ trúng lớn", "baccarat online",
)  # fmt: skip
TODAY = date(2026, 11, 24)
HOSTS = ("8xbxx08.com", "kuwin.ink", "98win.today", "new88.casino", "xoso66.gg", "thethao24.top")
NEUTRAL = ("xem thêm", "tại đây", "trang chủ", "chi tiết")


def phrase(rng: random.Random, count: int) -> str:
    """Some phrases as doorway pages write them: accented, bare, or glued together."""
    chosen = rng.sample(PHRASES, count)
    style = rng.choice(("plain", "bare", "glued", "double", "title"))
    if style == "bare":
        return bare(" ".join(chosen))
    if style == "glued":
        return "".join(chosen)
    if style == "double":
        return f"{chosen[0]} {bare(chosen[0])} {' '.join(chosen[1:])}"
    joined = ", ".join(chosen)
    return joined.title() if style == "title" else joined


def snippet(rng: random.Random) -> tuple[str, str]:
    """The place and the HTML of one snippet."""
    text = phrase(rng, rng.choice((1, 2, 2, 3)))
    host = rng.choice(HOSTS)
    places = {
        "paragraph": f"<p>{text}</p>",
        "link": f'<p><a href="https://{host}/">{text}</a></p>',
        "neutral-link": f'<p>{text} <a href="https://{host}/">{rng.choice(NEUTRAL)}</a></p>',
        "hidden": f'<div style="display:none">{text}</div>',
        "off-screen": f'<div style="position:absolute;left:-9999px">{text}</div>',
        "alt": f'<p><img src="a.jpg" alt="{text}"></p>',
        "title-attribute": f'<p><a href="/tin" title="{text}">tin tức</a></p>',
        "meta": f'<meta name="description" content="{text}">',
    }
    return rng.choice(sorted(places.items()))


def findings(article: Article) -> set[str]:
    found = [*banned_terms.run(article, banned_terms.options())]
    found += injected_content.run(article, injected_content.options())
    return {f"{finding.severity} {finding.rule.id}" for finding in found}


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--count", type=int, default=600)
    arguments_parser.add_argument("--seed", type=int, default=2027)
    arguments_parser.add_argument("--show", action="store_true", help="print what is missed")
    arguments = arguments_parser.parse_args()
    rng = random.Random(arguments.seed)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    carriers = groups(arguments.data / "corpus/news_vntc.txt.xz", 200_000_000, 5_000_000)
    made = 0
    for carrier in carriers:
        if findings(article_of(carrier)):
            continue
        place, html = snippet(rng)
        head, body = (html, "") if place == "meta" else ("", html)
        page = "".join(f"<p>{text}</p>" for text in carrier)
        source = f"<html><head><title>Tin</title>{head}</head><body>{page}{body}</body></html>"
        article = load(Source("a.html", data=source.encode()), TODAY)
        rules = findings(article)
        injected = {rule for rule in rules if "injected" in rule}
        for key in (place, "all"):
            totals[key][0] += 1
            totals[key][1] += bool(rules)
            totals[key][2] += bool(injected)
            totals[key][3] += any(rule.startswith("error") for rule in rules)
        if arguments.show and not injected:
            print(f"{'only ' + str(rules) if rules else 'missed'} {html}")
        made += 1
        if made == arguments.count:
            break
    print(f"{'place':18} {'articles':>8} {'found':>7} {'injected-*':>10} {'blocked':>8}")
    for key, (count, found, named, blocked) in totals.items():
        print(
            f"{key:18} {count:8} {found / count:7.1%} {named / count:10.1%} {blocked / count:8.1%}"
        )


if __name__ == "__main__":
    main()
