"""A strict JSON reader that keeps the place of every value and the offsets of every text.

It refuses what readers disagree about: a key given twice, NaN, a lone surrogate, control characters
inside a text, anything behind the value. Depth and size are bounded, time is linear.
"""

from __future__ import annotations

from qc.core.article import Place
from qc.core.errors import LoadError
from qc.core.lazy import regex
from qc.core.location import line_column, line_starts
from qc.core.offsets import OffsetMap
from qc.core.record import dataclass
from qc.documents._values import Value

SPACE = regex(r"[ \t\n\r]*")
PLAIN = regex(r'[^"\\\x00-\x1f]*')
NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
WORD = regex(r"[A-Za-z_]+")
HEX = regex(r"[0-9a-fA-F]{4}")
SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
WORDS = {"true": True, "false": False, "null": None}
REASONS = {
    "trailing": ("text stands behind its end", "còn chữ thừa sau phần kết thúc"),
    "many": ("it holds more than {} values", "có hơn {} giá trị"),
    "deep": ("it is nested more than {} deep", "lồng nhau quá {} tầng"),
    "comma": ("a comma or {} is missing", "thiếu dấu phẩy hoặc {}"),
    "name": ('a name in "quotation marks" is missing', 'thiếu tên đặt trong dấu "…"'),
    "twice": ("the name “{}” is given twice", "tên “{}” xuất hiện hai lần"),
    "colon": ("a colon is missing", "thiếu dấu hai chấm"),
    "escape": ("there is no escape {}", "không có ký hiệu {}"),
    "surrogate": ("half a character is written (a lone surrogate)", "có nửa ký tự bị cắt rời"),
    "hex": ("\\u needs four hexadecimal digits", "\\u phải có bốn chữ số thập lục phân"),
    "value": ("a value is missing", "thiếu giá trị"),
    "word": ("“{}” is no JSON value", "“{}” không phải giá trị JSON"),
    "control": ("a text holds a raw control character", "chuỗi chứa ký tự điều khiển"),
    "ends": ("it ends too early", "tệp kết thúc giữa chừng"),
}
MAX_DEPTH = 64
MAX_NODES = 200_000
MAX_NUMBER = 400


@dataclass(frozen=True, slots=True)
class JsonText:
    """A string with its map to the file."""

    value: Value


@dataclass(frozen=True, slots=True)
class JsonWord:
    """A number, true, false or null, as written."""

    value: Value
    python: bool | int | float | None


@dataclass(frozen=True, slots=True)
class JsonList:
    """An array."""

    items: tuple[Json, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object; its keys are in the order of the file, each once."""

    items: dict[str, Json]
    place: Place


Json = JsonText | JsonWord | JsonList | JsonObject


def scan_json(text: str) -> Json:
    """The value that a JSON text holds. Raises LoadError with the line and column."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._nodes = 0

    def scan(self) -> Json:
        self._space()
        value = self._value("", 0)
        self._space()
        if self.at < len(self.text):
            raise self._wrong("trailing")
        return value

    def _value(self, pointer: str, depth: int) -> Json:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._wrong("many", MAX_NODES)
        character = self.text[self.at : self.at + 1]
        if character == '"':
            return JsonText(self._string(pointer))
        if character in ("{", "["):
            if depth >= MAX_DEPTH:
                raise self._wrong("deep", MAX_DEPTH)
            return self._object(pointer, depth) if character == "{" else self._list(pointer, depth)
        return self._word(pointer)

    def _object(self, pointer: str, depth: int) -> JsonObject:
        items: dict[str, Json] = {}
        self.at += 1
        self._space()
        while not self._took("}"):
            if items and not self._took(","):
                raise self._wrong("comma", "}")
            self._space()
            if not self.text.startswith('"', self.at):
                raise self._wrong("name")
            start = self.at
            key = self._string(pointer).text
            if key in items:
                self.at = start
                raise self._wrong("twice", key[:60])
            self._space()
            if not self._took(":"):
                raise self._wrong("colon")
            self._space()
            escaped = key.replace("~", "~0").replace("/", "~1")
            items[key] = self._value(f"{pointer}/{escaped}", depth + 1)
            self._space()
        return JsonObject(items, Place(pointer=pointer))

    def _list(self, pointer: str, depth: int) -> JsonList:
        items: list[Json] = []
        self.at += 1
        self._space()
        while not self._took("]"):
            if items and not self._took(","):
                raise self._wrong("comma", "]")
            self._space()
            items.append(self._value(f"{pointer}/{len(items)}", depth + 1))
            self._space()
        return JsonList(tuple(items), Place(pointer=pointer))

    def _string(self, pointer: str) -> Value:
        """The string that begins here; each escape maps to the characters that write it."""
        pieces: list[str] = []
        rows: list[tuple[int, int, int, int]] = []
        length = 0
        self.at += 1
        while True:
            start = self.at
            end = PLAIN.match(self.text, start).end()  # type: ignore[union-attr]
            if start < end:
                pieces.append(self.text[start:end])
                rows.append((length, length + end - start, start, end))
                length += end - start
                self.at = end
            stop = self.text[end : end + 1]
            if stop == '"':
                break
            if stop != "\\":
                raise self._wrong("control" if stop else "ends")
            character = self._escape()
            pieces.append(character)
            rows.append((length, length + 1, end, self.at))
            length += 1
        offsets = OffsetMap.of(rows) if rows else OffsetMap((0,), ((0, 0, self.at, self.at),))
        self.at += 1
        text = "".join(pieces)
        return Value(text, offsets, Place(pointer=pointer))

    def _escape(self) -> str:
        kind = self.text[self.at + 1 : self.at + 2]
        if kind != "u":
            if kind not in SIMPLE or not kind:
                raise self._wrong("escape", f"\\{kind}")
            self.at += 2
            return SIMPLE[kind]
        code = self._hex(self.at + 2)
        if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at + 6):
            low = self._hex(self.at + 8)
            if 0xDC00 <= low < 0xE000:
                self.at += 12
                return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00)
        if 0xD800 <= code < 0xE000:
            raise self._wrong("surrogate")
        self.at += 6
        return chr(code)

    def _hex(self, at: int) -> int:
        match = HEX.match(self.text, at)
        if match is None:
            raise self._wrong("hex")
        return int(match[0], 16)

    def _word(self, pointer: str) -> JsonWord:
        start = self.at
        match = NUMBER.match(self.text, start) or WORD.match(self.text, start)
        if match is None:
            raise self._wrong("value" if start < len(self.text) else "ends")
        written = match[0]
        python: bool | int | float | None
        if written in WORDS:
            python = WORDS[written]
        elif WORD.match(written) or len(written) > MAX_NUMBER:
            raise self._wrong("word", written[:20])
        else:
            python = float(written) if set(written) & set(".eE") else int(written)
        self.at = match.end()
        text = "" if written == "null" else written
        offsets = OffsetMap.shift(len(text), start)
        return JsonWord(Value(text, offsets, Place(pointer=pointer)), python)

    def _space(self) -> None:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _took(self, character: str) -> bool:
        if self.text.startswith(character, self.at):
            self.at += 1
            return True
        if self.at >= len(self.text):
            raise self._wrong("ends")
        return False

    def _wrong(self, reason: str, detail: object = "") -> LoadError:
        line, column = line_column(line_starts(self.text[: self.at]), self.at)
        english, vietnamese = REASONS[reason]
        return LoadError(
            f"the JSON is wrong at line {line}, column {column}: {english.format(detail)}",
            remedy="See docs/article-json.md.",
            vi=f"tệp JSON sai ở dòng {line}, cột {column}: {vietnamese.format(detail)}",
        )
