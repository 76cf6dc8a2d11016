"""What every worker of a pool needs, loaded once in the server that workers are forked from."""

from __future__ import annotations

import gc

from qc.batch.identity import tool_digest
from qc.batch.work import warm_up
from qc.core.requirement import is_met
from qc.policy.load import load_policy


def _load_models() -> None:
    """The language models that few articles need: shared by all workers, or private to each."""
    if not is_met("module:underthesea"):
        return
    from underthesea import ner, pos_tag

    for tag in (pos_tag, ner):
        tag("Em Nguyễn Văn An học lớp 5A.")


warm_up(load_policy())
_load_models()
tool_digest()
gc.collect()
gc.freeze()  # pages that no collection touches stay shared with the workers
