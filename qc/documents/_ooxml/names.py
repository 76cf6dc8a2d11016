"""Names of the elements and attributes of WordprocessingML that qc reads."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix of the format
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

VAL = W + "val"
P, PPR, RUN, RPR, T = W + "p", W + "pPr", W + "r", W + "rPr", W + "t"
TABLE, ROW, CELL = W + "tbl", W + "tr", W + "tc"
TXBX = W + "txbxContent"
SDT_CONTENT = W + "sdtContent"
HYPERLINK, FIELD = W + "hyperlink", W + "fldSimple"
FLD_CHAR, INSTR = W + "fldChar", W + "instrText"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"

R_STYLE, P_STYLE, NUM_PR, NUM_ID = W + "rStyle", W + "pStyle", W + "numPr", W + "numId"
R_FONTS, BOLD, ITALIC, VANISH, SIZE = (W + n for n in ("rFonts", "b", "i", "vanish", "sz"))
ASCII, H_ANSI, ASCII_THEME, H_ANSI_THEME = (
    W + n for n in ("ascii", "hAnsi", "asciiTheme", "hAnsiTheme")
)
ALIGN, OUTLINE, SYMBOL, ALT_CHUNK = W + "jc", W + "outlineLvl", W + "sym", W + "altChunk"
MATH_RUN, MATH_TEXT = M + "r", M + "t"
NOTE_TYPE = W + "type"

# Elements that only wrap others, in a block or in a line. Deleted and moved-away text
# (w:del, w:moveFrom) is not among them: it is no text.
WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "bdo",
        "dir",
        "hyperlink",
        "fldSimple",
        "ruby",
        "rubyBase",
    )
) | {M + name for name in ("oMath", "oMathPara")}

# What stands for a character in a run.
CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}


def is_on(element: object) -> bool:
    """The value of an on/off property: present and not switched off."""
    value = element.get(VAL) if element is not None else "false"  # type: ignore[attr-defined]
    return value not in ("0", "false", "off", "none")
