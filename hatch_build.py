"""Build hook: compiles the spelling kernel where there is a C compiler."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled kernel to a wheel, which then is for one platform; or nothing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is put together, an editable one too."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(__file__).parent))
        from scripts.build_kernel import build

        made = build()
        if made is not None:
            build_data["artifacts"].append(str(made.relative_to(Path(__file__).parent)))
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
