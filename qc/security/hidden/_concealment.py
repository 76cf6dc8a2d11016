"""Concealment: how an element is kept from the reader's eyes, from its winning style."""

from __future__ import annotations

import re

from qc.core.lazy import regex
from qc.core.record import dataclass, replace
from qc.security.hidden._colours import WHITE, Colour, is_same, parse_colour
from qc.security.markup._tree import Element

NOT_SHOWN = "display"
OFF_SCREEN = "offscreen"
INVISIBLE = "invisible"
NEVER_SHOWN = frozenset(["noscript", "template"])
MIN_FONT_PX = 4.0
_LENGTH = regex(
    r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|em|rem|ex|ch|pt|pc|in|cm|mm|q|vw|vh|%)?"
)
_PIXELS = {"px": 1, "em": 16, "rem": 16, "ex": 8, "ch": 8, "pt": 1.333, "pc": 16, "in": 96}
_PIXELS |= {"cm": 37.8, "mm": 3.78, "q": 0.945, "vw": 12, "vh": 8}
_FAR = 500.0
_FONT_NAMES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18}
_FONT_NAMES |= {"x-large": 24, "xx-large": 32, "smaller": 13, "larger": 19}
_CLIP = regex(r"rect\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class State:
    """What an element hands on to its children: how it is hidden, and its inherited style."""

    reason: str = ""
    detail: str = ""
    root: Element | None = None
    idiom: bool = False
    font_px: float = 16.0
    colour: Colour | None = None
    behind: Colour | None = WHITE
    visible: bool = True
    indent: float = 0.0


def state_of(element: Element, style: dict[str, str], above: State) -> State:
    """The state of an element from its own style and the state of the one around it."""
    state = _inherit(element, style, above)
    if above.reason and above.reason != INVISIBLE and above.detail != "visibility":
        return state
    found = _not_shown(element, style, state) or _off_screen(style) or _invisible(state)
    if not found:
        return replace(state, reason="", detail="", root=None, idiom=False)
    reason, detail = found
    same = above.root is not None and (above.reason, above.detail) == (reason, detail)
    root = above.root if same else element
    return replace(
        state, reason=reason, detail=detail, root=root, idiom=_is_reader_idiom(style, detail)
    )


def pixels(value: str) -> float | None:
    """A CSS length in px; percentages count as 12 px for each per cent. None for others."""
    match = _LENGTH.fullmatch(value.strip().lower())
    if match is None:
        inner = re.search(r"calc\(\s*([+-]?[\d.]+)\s*(px|em|rem|vw|%)", value)
        return pixels(inner[1] + inner[2]) if inner else None
    try:
        number = float(match[1])
    except ValueError:
        return None
    unit = match[2] or "px"
    return number * (12 if unit == "%" else _PIXELS[unit])


def _inherit(element: Element, style: dict[str, str], above: State) -> State:
    font = above.font_px
    if style.get("font-size") or style.get("font"):
        font = _font(style, above.font_px)
    elif element.name == "font" and element.get("size"):
        font = 16.0
    colour, behind = above.colour, above.behind
    text = style.get("-webkit-text-fill-color") or style.get("color") or ""
    if not text and element.name == "font":
        text = element.get("color")
    if text and text not in ("inherit", "currentcolor"):
        colour = parse_colour(text)
    back = style.get("background-color") or style.get("background") or element.get("bgcolor")
    if back or style.get("background-image") or element.get("background"):
        behind = _background(back, style, behind)
    visible = above.visible
    if style.get("visibility") in ("hidden", "collapse"):
        visible = False
    elif style.get("visibility") == "visible":
        visible = True
    indent = above.indent
    if "text-indent" in style:
        indent = pixels(style["text-indent"].split(" ")[0]) or 0.0
    return replace(
        above, font_px=font, colour=colour, behind=behind, visible=visible, indent=indent
    )


def _font(style: dict[str, str], above: float) -> float:
    text = style.get("font-size") or ""
    if not text:
        match = re.search(r"(?:^|\s)(0|[\d.]+(?:px|pt|em|rem|%))(?:/|\s|$)", style.get("font", ""))
        text = match[1] if match else ""
    if text in _FONT_NAMES:
        return float(_FONT_NAMES[text])
    match = re.fullmatch(r"([\d.]+)(em|%)", text)
    if match and match[1].count(".") < 2:
        return above * float(match[1]) / (100 if match[2] == "%" else 1)
    size = pixels(text)
    return above if size is None else size


def _background(back: str, style: dict[str, str], behind: Colour | None) -> Colour | None:
    image = style.get("background-image", "") + " " + style.get("background", "")
    if "url(" in image or "gradient" in image:
        return None
    for part in re.findall(r"(?:rgba?|hsla?)\([^)]*\)|[#\w]+", back[:200]):
        colour = parse_colour(part)
        if colour is not None:
            if colour[3] < 0.1:
                return behind
            return colour if colour[3] > 0.9 else None
    return behind


def _not_shown(element: Element, style: dict[str, str], state: State) -> tuple[str, str] | None:
    display = style.get("display", "")
    if element.name in NEVER_SHOWN:
        return NOT_SHOWN, element.name
    if element.name == "dialog" and "open" not in element.attributes and not display:
        return NOT_SHOWN, "dialog"
    if element.name == "marquee" and any(
        (pixels(element.get(side)) or 9.0) <= 2 or element.get(side) == "0"
        for side in ("width", "height")
    ):
        return NOT_SHOWN, "marquee"
    if display == "none" or style.get("content-visibility") == "hidden":
        return NOT_SHOWN, "display:none"
    hidden = element.attributes.get("hidden", "until-found").lower()
    if hidden != "until-found" and not display:
        return NOT_SHOWN, "hidden"
    if not state.visible:
        return NOT_SHOWN, "visibility"
    for name, pattern in (
        ("opacity", r"([\d.]+(?:e-?\d+)?)(%?)"),
        ("filter", r"opacity\(\s*([\d.]+)(%?)"),
    ):
        match = re.match(pattern, style.get(name, ""))
        if match and re.fullmatch(r"\d*\.?\d+(?:e-?\d{1,3})?", match[1]):
            amount = float(match[1]) / (100 if match[2] else 1)
            if amount <= 0.06:
                return NOT_SHOWN, "opacity"
    return None


def _off_screen(style: dict[str, str]) -> tuple[str, str] | None:
    if not style:
        return None
    placed = style.get("position") in ("absolute", "fixed", "relative")
    inset = style.get("inset", "").split(" ")
    for side in ("left", "top", "right", "bottom"):
        values = [style[side]] if side in style else inset
        for value in values if placed else ():
            distance = pixels(value) if value else None
            far = 4 * _FAR if not value.endswith(("vw", "vh")) else 100 * 8
            if distance is not None and (distance <= -_FAR or distance >= far):
                return OFF_SCREEN, f"{side}:{value[:20]}"
    for name in ("text-indent", "margin-left", "margin-top", "margin"):
        first = style.get(name, "").split(" ")
        for part in first[:4]:
            distance = pixels(part) if part else None
            if distance is not None and distance <= -_FAR:
                return OFF_SCREEN, f"{name}:{part[:20]}"
    return _clipped(style) or _boxed(style) or _squeezed(style)


def _clipped(style: dict[str, str]) -> tuple[str, str] | None:
    clip = _CLIP.search(style.get("clip", ""))
    if clip and style.get("position") in ("absolute", "fixed"):
        sides = [pixels(part) for part in re.split(r"[,\s]+", clip[1].strip())]
        if len(sides) == 4 and all(side is not None for side in sides):
            top, right, bottom, left = (side or 0.0 for side in sides)
            if bottom - top <= 1 or right - left <= 1:
                return OFF_SCREEN, "clip"
    path = style.get("clip-path", "")
    if re.match(
        r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\((?: ?0[a-z%]* 0[a-z%]* ?,?){1,9}\)", path
    ):
        return OFF_SCREEN, "clip-path"
    transform = style.get("transform", "") + " scale(" + style.get("scale", "1") + ")"
    if re.search(
        r"scale[xy3d]*\( ?0?(?:\.0\d*)? ?[,)]|rotate[xy]\( ?-?(?:90|270)deg|matrix\( ?0 ?,",
        transform,
    ):
        return OFF_SCREEN, "scale"
    if "translate" in style:
        transform += f" translate({style['translate'].replace(' ', ',')})"
    moved = re.search(r"translate[xy3d]*\(\s*([^,)]+)(?:,\s*([^,)]+))?", transform)
    for part in moved.groups() if moved else ():
        distance = pixels(part) if part else None
        if distance is not None and abs(distance) >= 2 * _FAR:
            return OFF_SCREEN, "translate"
    return None


def _boxed(style: dict[str, str]) -> tuple[str, str] | None:
    """A box of no size that does not let its content out."""
    overflow = " ".join(style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if not re.search(r"hidden|clip|auto|scroll", overflow):
        return None
    for name in ("height", "width", "max-height", "max-width"):
        size = pixels(style[name]) if name in style else None
        if size is not None and size <= 2 and "%" not in style[name]:
            return OFF_SCREEN, f"{name}:{style[name][:20]}"
    return None


def _squeezed(style: dict[str, str]) -> tuple[str, str] | None:
    zoom = re.fullmatch(r"(\d*\.?\d+)(%?)", style.get("zoom", ""))
    if zoom and float(zoom[1]) / (100 if zoom[2] else 1) < 0.2:
        return OFF_SCREEN, "zoom"
    spacing = re.fullmatch(r"-(\d*\.?\d+)em", style.get("letter-spacing", ""))
    if spacing and float(spacing[1]) >= 0.5:
        return OFF_SCREEN, "letter-spacing"
    if style.get("text-indent") == "100%" and "hidden" in style.get("overflow", ""):
        return OFF_SCREEN, "text-indent:100%"
    if "transparent,transparent" in style.get("mask-image", "").replace(" ", ""):
        return NOT_SHOWN, "mask-image"
    return None


def _invisible(state: State) -> tuple[str, str] | None:
    if state.font_px < MIN_FONT_PX:
        return INVISIBLE, f"font-size {state.font_px:.1f}px"
    if state.colour is None:
        return None
    if state.colour[3] <= 0.06:
        return INVISIBLE, "màu trong suốt"
    if state.behind is not None and is_same(state.colour, state.behind):
        return INVISIBLE, "màu chữ trùng màu nền"
    return None


def _is_reader_idiom(style: dict[str, str], detail: str) -> bool:
    """The accepted way to write for screen readers only: a clipped box of 1 px."""
    small = pixels(style.get("width", "")) == 1 or pixels(style.get("height", "")) == 1
    return detail in ("clip", "clip-path") or (
        small and style.get("position") == "absolute" and "hidden" in style.get("overflow", "")
    )
