"""Upkeep: what is too old is deleted, at the start and every hour."""

from __future__ import annotations

import asyncio
import logging

from qc.core.errors import QcError
from qc.service.settings import Settings
from qc.service.store.engine import Store
from qc.service.store.jobs import purge_jobs
from qc.service.store.reports import purge_reports
from qc.service.store.usage import purge_usage

LOG = logging.getLogger("qc.service.upkeep")
EVERY_S = 3600.0


async def keep_up(store: Store, settings: Settings) -> None:
    """Purge again and again, until cancelled."""
    while True:
        try:
            gone = await asyncio.to_thread(purge, store, settings.keep_days)
            LOG.info("purged", extra={"reports": gone})
        except QcError as error:
            LOG.error("store failed", extra={"reason": error.what})
        await asyncio.sleep(EVERY_S)


def purge(store: Store, keep_days: int) -> int:
    """Delete what is older than so many days; gives how many reports there were."""
    with store.write() as connection:
        purge_jobs(connection, keep_days)
        purge_usage(connection, keep_days)
        return purge_reports(connection, keep_days)
