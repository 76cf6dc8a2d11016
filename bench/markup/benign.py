"""Articles as the editors of school portals leave them: what a gate must let through.

`articles(texts)` dresses plain paragraphs in the markup of WordPress, NukeViet, TinyMCE, Word and
Google Docs pastes, page builders and social embeds. All templates are written for this project.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable

_WORD = "font-family:&quot;Times New Roman&quot;,serif;mso-fareast-font-family:&quot;Times New Roman&quot;"  # noqa: E501


def articles(texts: list[list[str]], seed: int = 3) -> list[tuple[str, str]]:
    """(name, html) for each list of paragraphs, the editor styles in turn."""
    chosen = random.Random(seed)
    made = []
    for number, paragraphs in enumerate(texts):
        name, dress = STYLES[number % len(STYLES)]
        safe = [html.escape(each, quote=False) for each in paragraphs]
        made.append((f"{name}-{number}", dress(safe, chosen)))
    return made


def _gutenberg(texts: list[str], chosen: random.Random) -> str:
    parts = [
        f'<!-- wp:heading --><h2 class="wp-block-heading">{texts[0][:60]}</h2><!-- /wp:heading -->'
    ]
    parts += [f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in texts]
    parts.append(
        '<!-- wp:image {"id":5,"sizeSlug":"large"} --><figure class="wp-block-image size-large">'
        '<img src="/wp-content/uploads/2026/a.jpg" alt="" class="wp-image-5" srcset="/a-300.jpg 300w, '  # noqa: E501
        '/a-1024.jpg 1024w" sizes="(max-width: 1024px) 100vw, 1024px"/><figcaption>Lễ khai giảng'
        "</figcaption></figure><!-- /wp:image -->"
    )
    parts.append(
        '<div class="wp-block-cover has-background-dim" style="min-height:300px"><span aria-hidden='
        '"true" class="wp-block-cover__background"></span><p style="color:#ffffff;font-size:2em" '
        'class="has-text-align-center">Chào mừng</p></div>'
        if chosen.random() < 0.2
        else '<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->'
    )
    parts.append(
        '<!-- wp:embed {"type":"video"} --><figure class="wp-block-embed"><div><iframe title="v" '
        'src="https://www.youtube.com/embed/abc?feature=oembed" allow="autoplay" allowfullscreen>'
        "</iframe></div></figure><!-- /wp:embed -->"
    )
    return "\n".join(parts)


def _nukeviet(texts: list[str], chosen: random.Random) -> str:
    body = "<br  />\n".join(f'<div style="text-align: justify;">{text}</div>' for text in texts)
    links = "".join(
        f'<li><a href="/uploads/tin/{n}.pdf" title="Tệp {n}">Tải tệp {n}</a></li>' for n in range(3)
    )
    return (
        f'<div class="bodytext margin-bottom-lg" id="news-bodyhtml">{body}<div style="text-align:'
        f'center"><img alt="ảnh" class="img-thumbnail" src="/uploads/a.jpg" style="width:460px;'
        f'height:300px;" /></div><ul>{links}</ul><iframe title="pdf" src="/uploads/viewer.html?a=b" '  # noqa: E501
        'style="border:none;width:100%;height:600px"></iframe></div>'
    )


def _word(texts: list[str], chosen: random.Random) -> str:
    body = "".join(
        f'<p class="MsoNormal" style="margin-bottom:6.0pt;text-align:justify;text-indent:36.0pt">'
        f'<b style="mso-bidi-font-weight:normal"><span lang="VI" style="font-size:14.0pt;{_WORD};'
        f'color:black;mso-ansi-language:VI">{text}</span></b><o:p></o:p></p>'
        for text in texts
    )
    style = (
        "<style><!-- /* Font Definitions */ @font-face {font-family:Calibri; panose-1:2 15 5 2;} "
        "p.MsoNormal, li.MsoNormal {margin:0in; font-size:11.0pt; mso-style-unhide:no;} "
        "@page WordSection1 {size:8.5in 11.0in;} div.WordSection1 {page:WordSection1;} --></style>"
    )
    return (
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->"
        f'{style}<div class="WordSection1">{body}<!--[if !supportLists]-->'
        '<span style="mso-list:Ignore">-<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;'
        "&nbsp;</span></span><!--[endif]--></div>"
    )


def _docs(texts: list[str], chosen: random.Random) -> str:
    return (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-9f">'
        + "".join(
            '<p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;"><span style="'
            "font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;"
            f'font-weight:400;vertical-align:baseline;white-space:pre-wrap;">{text}</span></p><br />'  # noqa: E501
            for text in texts
        )
        + '</b><a href="https://docs.google.com/document/d/1/edit?usp=sharing">Xem bản gốc</a>'
    )


def _facebook(texts: list[str], chosen: random.Random) -> str:
    body = "".join(
        f'<div class="xdj266r x11i5rnm" dir="auto" style="white-space:pre-wrap">{text} <span class='
        '"x3nfvp2"><img height="16" width="16" alt="🎓" referrerpolicy="origin-when-cross-origin" '
        'src="https://static.xx.fbcdn.net/images/emoji.php/v9/1/16/1f393.png"></span></div>'
        for text in texts
    )
    return (
        f'{body}<a href="https://www.facebook.com/hashtag/khaigiang?__eep__=6" role="link" tabindex='  # noqa: E501
        '"0">#khaigiang</a><a href="https://l.facebook.com/l.php?u=https%3A%2F%2Fmoet.gov.vn">Bộ</a>'
    )


def _table(texts: list[str], chosen: random.Random) -> str:
    head = "".join(f'<th style="background:#1f4e79;color:white">Cột {n}</th>' for n in range(4))
    rows = "".join(
        f"<tr>{''.join(f'<td>{chosen.choice(texts)[:40]}</td>' for _ in range(4))}</tr>"
        for _ in range(chosen.randrange(5, 60))
    )
    return (
        f"<p>{texts[0]}</p><div style='overflow:auto;max-height:400px'><table border='1' "
        f"style='border-collapse:collapse;width:100%'><tr>{head}</tr>{rows}</table></div>"
    )


def _builder(texts: list[str], chosen: random.Random) -> str:
    css = (
        ".e-con{display:flex;position:relative}.e-hide-desktop{}@media(max-width:767px){.hide-m{"
        "display:none}}.accordion-body{display:none}.accordion.open .accordion-body{display:block}"
        ".carousel-item{display:none}.carousel-item.active{display:block}"
        ".btn{background:#c00;color:#fff;padding:9px}.btn:hover{opacity:.8}"
        ".screen-reader-text{clip:rect(1px,1px,1px,1px);position:absolute!important;height:1px;"
        "width:1px;overflow:hidden}"
    )
    items = "".join(
        f'<div class="carousel-item{" active" if n == 0 else ""}"><img alt="" src="/s{n}.jpg"><p>'
        f"{text}</p></div>"
        for n, text in enumerate(texts)
    )
    panels = "".join(
        f'<div class="accordion"><h3 role="button" aria-controls="p{n}">{text[:30]}</h3><div class='
        f'"accordion-body" id="p{n}"><p>{text}</p><a href="https://example.org/tai-lieu-{n}">Tài liệu'  # noqa: E501
        "</a></div></div>"
        for n, text in enumerate(texts[:3])
    )
    return (
        f'<style>{css}</style><div class="e-con">{items}</div>{panels}<a class="btn" href="/dk">Đăng '  # noqa: E501
        'ký</a><span class="screen-reader-text">Mở trong cửa sổ mới của trình duyệt</span>'
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2l9 9"/></svg>'
    )


def _plain(texts: list[str], chosen: random.Random) -> str:
    return f"<h1>{texts[0][:80]}</h1>" + "".join(f"<p>{text}</p>" for text in texts)


def _reader(texts: list[str], chosen: random.Random) -> str:
    body = "".join(
        f'<p class="Normal" style="margin:0 0 1em;font:400 18px arial;line-height:160%">{text}</p>'
        for text in texts
    )
    return (
        f'<article class="fck_detail">{body}<figure itemprop="associatedMedia image" data-size="true">'  # noqa: E501
        '<meta itemprop="url" content="https://i.example.net/a.jpg"><picture><source data-srcset='
        '"https://i.example.net/a.jpg 1x"><img itemprop="contentUrl" loading="lazy" alt="Ảnh" class='  # noqa: E501
        '"lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" '
        'data-src="https://i.example.net/a.jpg"></picture><figcaption>Ảnh: <em>Minh Anh</em>'
        "</figcaption></figure><!-- end --></article>"
    )


def _lesson(texts: list[str], chosen: random.Random) -> str:
    return (
        f"<h2>Tin học: {texts[0][:40]}</h2><p>{texts[0]}</p><pre><code class='language-html'>&lt;a "
        'href="javascript:void(0)" onclick="chao()"&gt;Chào&lt;/a&gt;\n&lt;script&gt;function chao()'  # noqa: E501
        " { alert('Xin chào'); }&lt;/script&gt;</code></pre><p>Lệnh <kbd>alert(1)</kbd>, thẻ "
        "<code>&lt;iframe&gt;</code>.</p><blockquote>Không dùng <q>eval()</q>.</blockquote>"
        f"<math><mi>y</mi><mo>=</mo><mi>x</mi></math><p>{texts[-1]}</p>"
    )


STYLES: list[tuple[str, Callable[[list[str], random.Random], str]]] = [
    ("gutenberg", _gutenberg),
    ("nukeviet", _nukeviet),
    ("word", _word),
    ("docs", _docs),
    ("facebook", _facebook),
    ("table", _table),
    ("builder", _builder),
    ("plain", _plain),
    ("reader", _reader),
    ("lesson", _lesson),
]
