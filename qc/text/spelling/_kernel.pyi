from collections.abc import Callable, Mapping
from typing import Any

VERSION: int
FEATURES: int
SLIPS: int

class Model:
    def __init__(
        self, columns: Mapping[str, Any], vocabulary: int, units: int, seeds: int, /
    ) -> None: ...
    def suspects(
        self,
        words: Any,
        starts: Any,
        ends: Any,
        shapes: Any,
        open: Any,
        broken: Any,
        extra: Any,
        corrected: float,
        least: float,
        /,
    ) -> list[tuple[int, int, int, float]]: ...

class Reader:
    def __init__(
        self, make: Callable[[str], tuple[Any, Any]], phrases: Any, plain_numbers: bool, /
    ) -> None: ...
    def read(
        self, text: str, /
    ) -> tuple[
        bytes,
        bytes,
        bytes,
        bytes,
        bytes,
        bytes,
        list[int],
        list[int],
        list[tuple[int, int, int]],
    ]: ...

class Context:
    def __init__(self, columns: Mapping[str, Any], vocabulary: int, /) -> None: ...
    def scores(self, words: Any, piece: int, candidates: Any, /) -> list[float]: ...

class Forest:
    def __init__(
        self, columns: Mapping[str, Any], trees: int, nodes: int, base: float, /
    ) -> None: ...
    def score(self, row: Any, /) -> float: ...
