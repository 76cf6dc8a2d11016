"""The language models that few articles need: loaded once for all workers of a long run.

A worker that meets such an article would else load 80 MB of its own.
"""

from __future__ import annotations

import gc

from qc.core.requirement import is_met

if is_met("module:underthesea"):
    from underthesea import ner, pos_tag

    for tag in (pos_tag, ner):
        tag("Em Nguyễn Văn An học lớp 5A.")
    gc.collect()
    gc.freeze()
