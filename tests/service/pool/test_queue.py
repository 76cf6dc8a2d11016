"""Turns: editors before jobs, jobs not stuck, a bound on who waits, nothing lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from qc.service.errors import Refusal
from qc.service.pool.queue import JOBS_TURN, Turns


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_callers_are_served_in_order() -> None:
    async def work() -> None:
        turns: Turns[str] = Turns(5, 1)
        turns.put("w")
        assert await turns.take(background=False) == "w"
        order: list[int] = []

        async def ask(number: int) -> None:
            turns.put(await turns.take(background=False))
            order.append(number)

        tasks = [asyncio.create_task(ask(number)) for number in range(4)]
        await settle()
        assert turns.waiting == 4
        turns.put("w")
        await asyncio.gather(*tasks)
        assert order == [0, 1, 2, 3]
        assert (turns.waiting, turns.free) == (0, 1)

    run(work())


@pytest.mark.parametrize("bound", [1, 3])
def test_no_more_than_the_bound_wait(bound: int) -> None:
    async def work() -> None:
        turns: Turns[str] = Turns(bound, 1)
        tasks = [asyncio.create_task(turns.take(background=False)) for _ in range(bound)]
        await settle()
        with pytest.raises(Refusal) as caught:
            await turns.take(background=False)
        assert caught.value.status == 503
        tasks[0].cancel()
        await settle()
        tasks.append(asyncio.create_task(turns.take(background=False)))
        await settle()
        for task in tasks[1:]:
            turns.put("w")
            assert await task == "w"

    run(work())


def test_jobs_leave_a_worker_to_editors() -> None:
    async def work() -> None:
        turns: Turns[str] = Turns(5, 2)
        for each in ("a", "b"):
            turns.put(each)
        first = await turns.take(background=True)
        second = asyncio.create_task(turns.take(background=True))
        await settle()
        assert not second.done()
        assert await turns.take(background=False) in ("a", "b")
        turns.put(first)
        assert await second == first

    run(work())


def test_editors_come_before_jobs_but_jobs_are_not_stuck() -> None:
    async def work() -> None:
        turns: Turns[str] = Turns(99, 1)
        served: list[bool] = []

        async def ask(background: bool) -> None:
            worker = await turns.take(background=background)
            served.append(background)
            await asyncio.sleep(0)
            turns.put(worker)

        tasks = [asyncio.create_task(ask(each)) for each in [True] * 2 + [False] * 30]
        await settle()
        turns.put("w")
        await asyncio.gather(*tasks)
        assert served[: JOBS_TURN - 1] == [False] * (JOBS_TURN - 1)
        assert served[JOBS_TURN - 1]
        assert served.index(True, JOBS_TURN) == 2 * JOBS_TURN - 1

    run(work())


def test_a_caller_that_goes_away_loses_no_worker() -> None:
    async def work() -> None:
        turns: Turns[str] = Turns(5, 1)
        task = asyncio.create_task(turns.take(background=False))
        await settle()
        turns.put("w")  # the worker is on its way …
        task.cancel()  # … when the caller goes
        await settle()
        assert turns.free == 1
        gone = asyncio.create_task(turns.take(background=False))
        await gone
        turns.drop("w")
        assert turns.free == 0

    run(work())
