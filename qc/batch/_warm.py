"""What every worker of a pool needs, loaded once in the server that workers are forked from."""

from __future__ import annotations

import gc

from qc.batch.identity import tool_digest
from qc.batch.work import warm_up
from qc.policy.load import load_policy

warm_up(load_policy())
tool_digest()
gc.collect()
gc.freeze()  # pages that no collection touches stay shared with the workers
