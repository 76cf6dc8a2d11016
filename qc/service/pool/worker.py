"""A worker process: reads work from standard input, answers on standard output.

It is started by the pool as `python -m qc.service.pool.worker`. What a check prints goes to
standard error. The worker ends when the pool closes its input, and when the server dies.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import BinaryIO

from qc.core.errors import QcError, crash_of
from qc.service.pool.frames import Frame, encode, read_frame
from qc.service.pool.isolation import die_with_the_server, forbid_network
from qc.service.pool.work import Answer, Task, to_source

OURS = "qc.service."


def main() -> None:
    """Warm up, say so, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_the_server()
    forbid_network()
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    from qc.service.pool.warm import warm

    warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    _send(output, Frame({"ready": True}))
    stream = sys.stdin.buffer
    while (frame := read_frame(stream)) is not None:
        _send(output, _answer(frame, output))


def _answer(frame: Frame, output: BinaryIO) -> Frame:
    """What one piece of work gives: the boundary at which every error becomes data."""

    def progress(done: int, total: int) -> None:
        if frame.head.get("progress"):
            _send(output, Frame({"progress": [done, total]}))

    try:
        answer = _called(frame, progress)
        return Frame({"answer": answer.head}, answer.body)
    except QcError as error:
        fields = {"what": error.what, "where": error.where, "remedy": error.remedy}
        return Frame({"refused": fields | {"vi": error.vi, "type": type(error).__name__}})
    except MemoryError:
        os._exit(9)  # nothing in this process can be trusted: the pool starts another
    except OSError as error:
        return Frame({"failed": f"OSError {error.errno}"})
    except Exception as error:  # process boundary: the type and place, never the text of an article
        return Frame({"failed": crash_of(error)})


def _called(frame: Frame, progress: Callable[[int, int], None]) -> Answer:
    from qc.service.pool.tasks import policy_of, stamp_of

    head = frame.head
    path = head["policy"]
    task = Task(
        source=to_source(head, frame.body),
        policy=policy_of(path, stamp_of(path), head["date"], head["overlay"]),
        lang=head["lang"],
        today=date.today(),
        extra=head["extra"],
        progress=progress,
    )
    return _function(head["function"])(task)


def _function(name: str) -> Callable[[Task], Answer]:
    module, _, attribute = name.partition(":")
    if not module.startswith(OURS):
        raise LookupError(module)
    function: Callable[[Task], Answer] = getattr(import_module(module), attribute)
    return function


def _send(output: BinaryIO, frame: Frame) -> None:
    data = memoryview(encode(frame))
    while data:
        data = data[output.write(data) :]


if __name__ == "__main__":
    main()
