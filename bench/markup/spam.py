"""Hidden spam: ways to hide a planted passage, crossed with what is planted.

Written for this project after published reports of planted betting links on school sites.
"""

from __future__ import annotations

PASSAGES = (
    '<a href="https://shop-giay-{n}.com/">giày thể thao giá rẻ</a>',
    '<a href="https://vaytien{n}.net/">vay tiền nhanh</a> không thế chấp, giải ngân trong ngày',
    "nhà cái uy tín, tài xỉu online, nổ hũ đổi thưởng tặng code tân thủ",
    '<a href="http://bet{n}88.win">soi kèo</a> <a href="http://vip{n}79.club">game bài</a>',
    "<p>mua bằng đại học giá rẻ " + '<a href="//bang{n}.example/">liên hệ</a></p>' * 3,
    '<ul><li><a href="https://thuoc-{n}.top/a">thuốc giảm cân</a></li></ul>',
)
STYLES = (
    "display:none", "display : none !important", "DISPLAY:NONE;color:red", "d\\69splay:none",
    "dis/**/play:none", "visibility:hidden", "visibility:collapse", "opacity:0", "opacity:0.01",
    "opacity:0%", "filter:opacity(0)", "content-visibility:hidden", "position:absolute;left:-9999px",  # noqa: E501
    "position:absolute;top:-2000px", "position:fixed;left:-99em", "position:relative;left:-5000px",
    "position:absolute;right:-3000px", "position:absolute;left:20000px", "text-indent:-9999px",
    "text-indent:-1000em", "margin-left:-9999px", "margin:-9999px 0 0 0", "margin-top:-5000px",
    "width:0;overflow:hidden", "height:0px;overflow:hidden", "height:1px;width:1px;overflow:hidden",
    "overflow:auto;height:1pt;width:1pt", "max-height:0;overflow:hidden", "overflow:scroll;height:0",  # noqa: E501
    "position:absolute;clip:rect(0,0,0,0)", "position:absolute;clip:rect(1px 1px 1px 1px)",
    "clip-path:inset(100%)", "clip-path:circle(0)", "transform:scale(0)", "transform:scale(0,0)",
    "transform:translateX(-9999px)", "transform:translate(-9999px,0)", "scale:0", "font-size:0",
    "font-size:1px", "font-size:0.1em", "font:1px arial", "font-size:1%", "color:#fff",
    "color:white;background:#fff", "color:#fefefe", "color:rgb(255,255,255)", "color:transparent",
    "color:rgba(0,0,0,0)", "color:hsl(0,0%,100%)", "background:#000;color:#000",
    "background-color:#036;color:#003366", "color:#ffffff00", "position:absolute;left:calc(-9999px)",  # noqa: E501
)  # fmt: skip
TAGS = ("div", "span", "p", "u", "font", "section")


def spam_articles() -> list[tuple[str, str]]:
    """(name, html fragment) for each way to hide, by attribute, by class and by odd elements."""
    made: list[tuple[str, str]] = []
    number = 0
    for style in STYLES:
        for passage in PASSAGES:
            number += 1
            tag = TAGS[number % len(TAGS)]
            text = passage.replace("{n}", str(number % 50 + 10))
            made.append((f"inline {style}", f'<{tag} style="{style}">{text}</{tag}>'))
            made.append((f"class {style}", _by_sheet(style, text, number)))
    for number, passage in enumerate(PASSAGES):
        text = passage.replace("{n}", str(number + 10))
        made += [
            ("hidden attribute", f"<div hidden>{text}</div>"),
            ("font colour", f'<font color="white">{text}</font>'),
            ("font in cell", f'<table bgcolor="#000000"><tr><td><font color="black">{text}</td></tr></table>'),  # noqa: E501
            ("nested", f'<div style="display:none"><div><b><i>{text}</i></b></div></div>'),
            ("tab name", f'<div class="box" style="display:none"><p>{text}</p></div>'),
        ]  # fmt: skip
    return made


def _by_sheet(style: str, text: str, number: int) -> str:
    selector, opening, closing = (
        (".zx", '<div class="a zx">', "</div>"),
        ("#q7", '<div id="q7">', "</div>"),
        ("div > p.m", '<div><p class="m">', "</p></div>"),
        ("section .k *", '<section><div class="k"><span>', "</span></div></section>"),
        ("[data-z='1']", '<div data-z="1">', "</div>"),
        ("body div.z1.z2", '<div class="z2 z1">', "</div>"),
    )[number % 6]
    sheet = f"{selector} {{ {style} }}"
    if number % 4 == 0:
        sheet = f"@media screen {{ {sheet} }}"
    return f"<style>p{{margin:0}} {sheet}</style>{opening}{text}{closing}"
