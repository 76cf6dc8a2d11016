"""Payloads that try to run by themselves, and mutations of them. All written for this project.

`payloads()` gives (id, html). Whether one really runs is decided by a browser (browser.py).
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from urllib.parse import quote

CALL = "alert(1)"
_LOADING = (
    "img video audio iframe embed object input source link script image body svg details".split()
)


def payloads(seed: int = 7) -> list[tuple[str, str]]:
    """All payloads: the base ones and their mutations, in a fixed order."""
    base = list(dict.fromkeys(_base()))
    found = [(f"base-{number}", html) for number, html in enumerate(base)]
    random.seed(seed)
    for name, mutate in MUTATIONS.items():
        for number, html in enumerate(base):
            changed = mutate(html)
            if changed != html:
                found.append((f"{name}-{number}", changed))
    return found


def compositions(count: int) -> list[str]:
    """Two or three mutations on top of each other, at random: none was used to write the rules."""
    chosen = random.Random(99)
    random.seed(5)
    base = list(dict.fromkeys(_base()))
    names = sorted(MUTATIONS)
    made: set[str] = set()
    while len(made) < count:
        html = chosen.choice(base)
        for name in chosen.sample(names, chosen.choice([2, 2, 3])):
            html = MUTATIONS[name](html)
        made.add(html)
    return sorted(made)


def _base() -> Iterator[str]:
    yield f"<script>{CALL}</script>"
    yield f"<script type=module>{CALL}</script>"
    yield f"<script type=text/javascript>{CALL}</script>"
    yield f"<svg><script>{CALL}</script></svg>"
    yield f"<svg><script type=text/javascript>{CALL}</script></svg>"
    yield f"<script>{CALL}//<!--"
    yield f"<script/x>{CALL}</script/>"
    yield f"<script\n>{CALL}</script\n>"
    for scheme in ("data:text/javascript,", "data:,", "data:text/javascript;charset=utf-8,"):
        yield f"<script src='{scheme}{CALL}'></script>"
    yield f"<script src=data:text/javascript;base64,{_b64(CALL)}></script>"
    yield f"<svg><script href='data:text/javascript,{CALL}'></script></svg>"
    yield f"<svg><script xlink:href='data:text/javascript,{CALL}'></script></svg>"
    yield from _errors()
    yield from _loads()
    yield from _frames()
    yield from _focus_and_motion()
    yield from _structure()


def _errors() -> Iterator[str]:
    for tag, source in (
        ("img", "src=x:"), ("img", "srcset=x:"), ("image", "src=x:"), ("video", "src=x:"),
        ("audio", "src=x:"), ("input type=image", "src=x:"), ("script", "src=x:"),
        ("link rel=stylesheet", "href=x:"), ("object", "data=x:"), ("embed", "src=x:"),
    ):  # fmt: skip
        for handler in (f"onerror={CALL}", f"onerror='{CALL}'", f'oNeRrOr="{CALL}"'):
            yield f"<{tag} {source} {handler}>"
    yield f"<video><source src=x: onerror={CALL}></video>"
    yield f"<audio><source onerror={CALL} src=x:></audio>"
    yield f"<picture><source srcset=x:><img onerror={CALL}></picture>"
    yield f"<svg><image href=x: onerror={CALL}></svg>"
    yield f"<svg><image xlink:href=x: onerror={CALL}></svg>"
    yield f"<svg><feImage href=x: onerror={CALL}></svg>"
    yield "<img src=x: onerror=&#97;lert(1)>"
    yield "<img src=x: onerror=\\u0061lert(1)>"
    yield "<img src=x: onerror=window['al'+'ert'](1)>"
    yield "<img src=x: onerror=eval(atob('YWxlcnQoMSk='))>"
    yield f"<img/src=x:/onerror={CALL}>"
    yield f"<img src='x:'onerror={CALL}>"
    yield f'<img src="x:"/\t/onerror={CALL}//>'
    yield f"<img\x0csrc=x:\x0conerror={CALL}>"
    yield f"<img src=x: x=y' onerror='{CALL}'>"
    yield f'<img alt="<p title=" src=x: onerror={CALL}>'
    yield f"<img src=x: onerror={CALL}"  # unfinished tag: must not run
    yield f"<IMG SRC=x: ONERROR={CALL}>"


def _loads() -> Iterator[str]:
    picture = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    yield f"<img src={picture} onload={CALL}>"
    yield f"<body onload={CALL}>"
    yield f"<body onpageshow={CALL}>"
    yield f"<p>a</p><body onload={CALL}>"
    yield f"<svg onload={CALL}>"
    yield f"<svg/onload={CALL}>"
    yield f"<svg><svg onload={CALL}>"
    yield f"<svg><g onload={CALL}></g></svg>"
    yield f"<iframe onload={CALL}></iframe>"
    yield f"<iframe src=about:blank onload={CALL}></iframe>"
    yield f"<object data='data:text/html,a' onload={CALL}></object>"
    yield f"<embed src='data:text/html,a' onload={CALL}>"
    yield f"<link rel=stylesheet href=data:text/css, onload={CALL}>"
    yield f"<style onload={CALL}></style>"
    yield f"<style>@import 'x:';</style><style onload={CALL}>a{{}}</style>"
    yield f"<script src=data:, onload={CALL}></script>"
    yield f"<input type=image src={picture} onload={CALL}>"
    yield f"<body onhashchange={CALL}><iframe onload=location.hash='a'>"
    yield f"<details open ontoggle={CALL}>a</details>"
    yield f"<video src='data:video/mp4,' onloadstart={CALL}></video>"
    yield f"<audio src='data:audio/wav,' onloadstart={CALL}></audio>"
    yield f"<svg><animate onbegin={CALL} attributeName=x dur=1s></svg>"
    yield f"<svg><set onbegin={CALL} attributeName=x></svg>"
    yield f"<svg><animateTransform onbegin={CALL} attributeName=transform></svg>"
    yield f"<svg><animateMotion onbegin={CALL}></animateMotion></svg>"
    yield f"<svg><animate onend={CALL} attributeName=x dur=.1s></svg>"
    yield f"<svg><animate onrepeat={CALL} attributeName=x dur=.1s repeatCount=2></svg>"
    yield f"<svg><rect><set attributeName=onclick to={CALL}></rect></svg>"
    yield f"<body onresize={CALL}>"


def _frames() -> Iterator[str]:
    inner = f"<script>parent.{CALL}</script>"
    yield f"<iframe src=javascript:parent.{CALL}></iframe>"
    yield f"<iframe src='  javascript:parent.{CALL}'></iframe>"
    yield f"<iframe src='java&#10;script:parent.{CALL}'></iframe>"
    yield f"<iframe src='jav&Tab;ascript:parent.{CALL}'></iframe>"
    yield f"<iframe src='&#106;avascript&colon;parent.{CALL}'></iframe>"
    yield f"<iframe src='&#x1;javascript:parent.{CALL}'></iframe>"
    yield f"<iframe src='JaVaScRiPt:parent.{CALL}'></iframe>"
    yield f"<embed src=javascript:parent.{CALL}>"
    yield f"<object data=javascript:parent.{CALL}></object>"
    yield f"<iframe srcdoc='{inner}'></iframe>"
    yield f"<iframe srcdoc='{_entities(inner)}'></iframe>"
    yield f"<iframe srcdoc=\"<img src=x: onerror='parent.{CALL}'>\"></iframe>"
    nested = _attribute(
        f'<iframe srcdoc="{_attribute(inner)}"></iframe>'.replace("parent.", "top.parent.")
    )
    yield f'<iframe srcdoc="{nested}"></iframe>'
    yield f"<frameset onload={CALL}><frame></frameset>"
    yield f"<frameset><frame src=javascript:parent.{CALL}></frameset>"
    yield f"<svg><use href='data:image/svg+xml,{quote(_svg_use())}#x'></use></svg>"
    yield f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>"
    yield f"<svg><foreignObject><iframe src=javascript:parent.{CALL}></iframe></foreignObject></svg>"  # noqa: E501
    yield f"<math><annotation-xml encoding=text/html><iframe src=javascript:parent.{CALL}></iframe>"
    yield f"<form action=javascript:{CALL} id=f><input type=submit></form><img src=x: onerror=f.submit()>"  # noqa: E501
    yield f"<a href=javascript:{CALL} id=a>x</a><img src=x: onerror=a.click()>"


def _focus_and_motion() -> Iterator[str]:
    for tag in (
        "input", "textarea", "select", "button", "a href=x", "div tabindex=0", "summary", "p tabindex=1",  # noqa: E501
        "svg tabindex=1", "iframe", "area href=x", "keygen", "video controls", "object tabindex=1",
    ):  # fmt: skip
        yield f"<{tag} autofocus onfocus={CALL}>a</{tag.split()[0]}>"
        yield f"<{tag} autofocus onfocusin={CALL}>a</{tag.split()[0]}>"
    for event in ("animationstart", "animationend", "animationcancel", "animationiteration"):
        style = "<style>@keyframes x{from{left:0}to{left:9px}}p{animation:x .1s 3}</style>"
        yield f"{style}<p on{event}={CALL}>a</p>"
    yield (
        f"<style>p{{transition:color .1s;color:red}}p.a{{color:blue}}</style>"
        f"<p ontransitionend={CALL} id=t>a</p><img src=x: onerror=t.className='a'>"
    )
    yield f"<style>@keyframes y{{}}b{{animation:y 1s}}</style><b onwebkitanimationstart={CALL}>a</b>"  # noqa: E501
    yield f"<marquee onstart={CALL}>a</marquee>"
    yield f"<marquee loop=1 width=0 onfinish={CALL}>a</marquee>"
    yield f"<p onscroll={CALL} style='overflow:scroll;height:9px'><br><br><br><b id=z autofocus tabindex=1>a</b>"  # noqa: E501
    yield f"<div oncontentvisibilityautostatechange={CALL} style='display:block;content-visibility:auto'>a"  # noqa: E501
    yield f"<input autofocus onselectionchange={CALL} value=a>"
    yield f"<body onbeforeprint={CALL}>"
    yield f"<body onunhandledrejection={CALL}><script>Promise.reject()</script>"
    yield f"<body onmessage={CALL}><img src=x: onerror=postMessage(1)>"
    yield f"<body onerror={CALL}><img src=x: onerror=throw/a/>"
    yield f"<dialog open onclose={CALL}><form method=dialog><button>a</button></form></dialog>"


def _structure() -> Iterator[str]:  # noqa: PLR0915
    bang = f"<img src=x: onerror={CALL}>"
    yield f"<table><tr><td>a</td></tr>{bang}</table>"
    yield f"<select><option>a{bang}</select>"
    yield f"<textarea></textarea>{bang}"
    yield f"<title></title>{bang}"
    yield f"<noscript></noscript>{bang}"
    yield f'<noscript><p title="</noscript>{bang}">'
    yield f"<textarea><p title='</textarea>{bang}'>"
    yield f"<style><p title='</style>{bang}'>"
    yield f"<xmp><p title='</xmp>{bang}'>"
    yield f"<noembed><p title='</noembed>{bang}'>"
    yield f"<iframe><p title='</iframe>{bang}'></iframe>"
    yield f"<math><style>{bang}</style></math>"
    yield f"<svg><style>{bang}</style></svg>"
    yield f"<svg><title>{bang}</title></svg>"
    yield f"<svg><desc>{bang}</desc></svg>"
    yield f"<svg><foreignObject>{bang}</foreignObject></svg>"
    yield f"<svg><p>{bang}"
    yield f"<math><mtext>{bang}</mtext></math>"
    yield f"<math><annotation-xml encoding='text/html'>{bang}</annotation-xml></math>"
    yield f"<math><mi><style>{bang}"
    yield f"<!-->{bang}-->"
    yield f"<!--->{bang}-->"
    yield f"<!-- --!>{bang}-->"
    yield f"<!x>{bang}"
    yield f"<?php>{bang}?>"
    yield f"<?x title='>{bang}'?>"
    yield f"</ x>{bang}"
    yield f"<![CDATA[>{bang}]]>"
    yield f"<svg><![CDATA[</svg>]]>{bang}"
    yield f"<%>{bang}%>"
    yield f"<a title='<' >{bang}</a>"
    yield f"<a title=\"'>{bang}"
    yield f"<a <b>{bang}"
    yield f"<template>{bang}</template><div><template shadowrootmode=open>{bang}</template></div>"
    yield f"<div><template shadowrootmode=open><script>{CALL}</script></template></div>"
    yield f"<plaintext>{bang}"
    yield f"<object><param>{bang}</object>"
    yield f"<frameset></frameset>{bang}"
    yield f"<form><math><mtext></form><form><mglyph><style></math>{bang}"
    yield f"<b><p></b>{bang}</p>"
    yield f"<a><table><a>{bang}</table>"
    yield f'<svg></p><style><a id="</style>{bang}">'
    yield f"<math></br><style>{bang}"
    yield f"<x><y><z>{bang}"
    yield f"<x-a onfocus={CALL} tabindex=1 autofocus>"
    yield f"<x onclick=1 style='animation:x'>{bang}"
    yield f"\x00<img src=x: onerror={CALL}>"
    yield f"<\x00script>{CALL}</script>"
    yield f"<scr\x00ipt>{CALL}</scr\x00ipt>"
    yield f"<scr<script>ipt>{CALL}</scr</script>ipt>"


def _split_tags(html: str) -> str:
    """White space and slashes between the parts of each tag."""
    return html.replace(" on", random.choice(["\n on", "\t/ on", "\x0con", "/ on", "\r\non"]))


def _deep(html: str) -> str:
    return "<div>" * 300 + html


def _shell(before: str, after: str = "") -> Callable[[str], str]:
    return lambda html: before + html + after


def _case(html: str) -> str:
    out, upper = [], False
    inside = False
    for character in html:
        if character == "<":
            inside = True
        elif character in "= >":
            inside = False
        if inside:
            upper = not upper
        out.append(character.upper() if inside and upper else character)
    return "".join(out)


def _encode_call(html: str) -> str:
    """Entities inside attribute values only: in a script they would be text."""
    if "<script" in html.lower() or "style" in html.lower():
        return html
    return html.replace(CALL, "".join(f"&#{ord(each)};" for each in CALL))


def _named(html: str) -> str:
    if "<script" in html.lower() or "style" in html.lower():
        return html
    return html.replace(CALL, "&#x61lert&lpar;1&rpar;")


def _junk(html: str) -> str:
    tags = [f"<{tag} " for tag in _LOADING]
    for tag in tags:
        html = html.replace(tag, tag + "class='a b' data-x=\"1>2\" ")
    return html


MUTATIONS: dict[str, Callable[[str], str]] = {
    "case": _case,
    "entities": _encode_call,
    "named": _named,
    "split": _split_tags,
    "junk": _junk,
    "deep": _deep,
    "table": _shell("<table><tr><td>", "</table>"),
    "svg": _shell("<svg><foreignObject>", "</foreignObject></svg>"),
    "select": _shell("<select>"),
    "math": _shell("<math><mtext>"),
    "comment": _shell("<!-- > -->"),
    "rawtext": _shell("<textarea><!--</textarea>"),
    "style": _shell("<style><!--</style>"),
    "title": _shell("<svg><title>"),
    "quoted": _shell("<p title='\">'>"),
    "list": _shell("<ul><li><b><i>"),
    "article": _shell("<h1>Thông báo</h1><p>Kính gửi quý phụ huynh.</p>", "<p>Trân trọng.</p>"),
    "bom": _shell("\ufeff"),
    "template": _shell("<div><template shadowrootmode=open>", "</template></div>"),
}


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _entities(text: str) -> str:
    return "".join(f"&#{ord(each)};" for each in text)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def _svg_use() -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="x"><image href="x:" onerror="{CALL}"/></svg>'
    )
