from collections.abc import Mapping
from typing import Any

class Model:
    def __init__(
        self, columns: Mapping[str, Any], vocabulary: int, units: int, seeds: int, /
    ) -> None: ...
    def suspects(
        self,
        words: Any,
        ids: Any,
        lengths: Any,
        shapes: Any,
        open: Any,
        broken: Any,
        extra: Any,
        least: float,
        /,
    ) -> list[tuple[int, int, float]]: ...
