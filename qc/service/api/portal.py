"""The portal's own words and waivers, approvals, and the audit log."""

from __future__ import annotations

import asyncio
import datetime as dt
from fnmatch import fnmatchcase
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from qc import __version__
from qc.core.discover import check_of, rules
from qc.core.errors import UsageError
from qc.policy.model import Policy
from qc.service.api.access import principal_of, reading, writing
from qc.service.api.openapi import ERRORS
from qc.service.api.reports import stored_report
from qc.service.errors import Refusal, unfit
from qc.service.rerendering import report_of
from qc.service.store import approvals, audit, overlays
from qc.service.store.schema import waivers, words
from qc.signoff import person_mark, refuse

router = APIRouter(tags=["portal"], responses=ERRORS)
Name = Annotated[str, Field(min_length=2, max_length=100, pattern=r"^[^\x00-\x1f]+$")]
Words = Annotated[str, Field(min_length=5, max_length=2000, pattern=r"^[^\x00]+$")]
Short = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class WordBody(_Body):
    """A word or phrase that the portal accepts; without `policy`, under every policy."""

    word: Name = Field(examples=["Hoa Sen"])
    policy: Short = ""


class WaiverBody(_Body):
    """A finding that somebody answers for, as in a policy file."""

    rule: Name = Field(examples=["image-too-small"])
    author: Name
    reason: Words
    expires: dt.date
    role: Short | None = None
    source: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] | None = None
    text: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] | None = None
    policy: Short = ""


class ApprovalBody(_Body):
    """Who approves the article of a report."""

    report: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    approver: Name
    role: Short = ""
    note: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = ""


@router.get("/v1/words")
async def list_words(request: Request) -> dict[str, Any]:
    """The words in force."""
    principal_of(request)
    return {"words": await reading(request, overlays.entries, words)}


@router.post("/v1/words", status_code=201)
async def add_word(request: Request, body: WordBody) -> dict[str, str]:
    """Accept a word from now on."""
    principal = principal_of(request, "approve")
    _known_policy(request, body.policy)
    identity = await writing(request, overlays.add_word, principal.id, body.policy, body.word)
    request.app.state.checker.forget()
    return {"id": identity}


@router.delete("/v1/words/{word_id}", status_code=204)
async def end_word(request: Request, word_id: str) -> None:
    """Accept a word no longer."""
    await _end(request, words, word_id)


@router.get("/v1/waivers")
async def list_waivers(request: Request) -> dict[str, Any]:
    """The waivers in force."""
    principal_of(request)
    return {"waivers": await reading(request, overlays.entries, waivers)}


@router.post("/v1/waivers", status_code=201)
async def add_waiver(request: Request, body: WaiverBody) -> dict[str, str]:
    """Let findings of a rule pass until a day; they are shown, but do not count."""
    principal = principal_of(request, "approve")
    if body.rule not in rules():
        raise unfit("there is no such rule", "rule", "Không có quy tắc này.")
    names = [body.policy] if body.policy else list(request.app.state.checker.policies)
    for name in names:
        _may_waive(_known_policy(request, name), body)
    values = body.model_dump(mode="json", exclude={"policy"})
    identity = await writing(request, overlays.add_waiver, principal.id, body.policy, values)
    request.app.state.checker.forget()
    return {"id": identity}


@router.delete("/v1/waivers/{waiver_id}", status_code=204)
async def end_waiver(request: Request, waiver_id: str) -> None:
    """End a waiver; it stays in the store for the record."""
    await _end(request, waivers, waiver_id)


@router.post("/v1/approvals", status_code=201)
async def approve(request: Request, body: ApprovalBody) -> dict[str, Any]:
    """Approve the article of a report: the rules are those of `qc approve`."""
    principal_of(request, "approve")
    stored = await stored_report(request, body.report)
    report = await asyncio.to_thread(report_of, stored.content)
    is_author = stored.author_mark == person_mark(body.approver)
    policies = request.app.state.checker.policies
    board = _board(_known_policy(request, report.policy.id)) if report.policy.id in policies else ()
    author = body.approver if is_author else None
    refuse(report, approver=body.approver, author=author, board=board)

    def record(connection: Any) -> Any:
        said = {"approver": body.approver, "role": body.role, "note": body.note}
        return approvals.approve(connection, report, tool=f"qc {__version__}", **said)

    made = await writing(request, record)
    return {"number": made.number, "at": made.at, "digest": made.digest, "hash": made.hash}


@router.get("/v1/approvals")
async def list_approvals(
    request: Request, digest: Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")]
) -> dict[str, Any]:
    """Who approved an article, by the digest in its report."""
    principal_of(request)
    return {"approvals": await reading(request, approvals.approvals_of, digest)}


@router.get("/v1/audit")
async def show_audit(
    request: Request,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> dict[str, Any]:
    """Who changed what, the newest first; `intact` says whether both logs fit their chains."""
    principal_of(request, "admin")

    def read(connection: Any) -> list[dict[str, Any]]:
        audit.verify(connection)
        approvals.verify(connection)
        return audit.entries(connection, before=before, limit=limit)

    return {"intact": True, "entries": await reading(request, read)}


async def _end(request: Request, table: Any, identity: str) -> None:
    principal = principal_of(request, "approve")
    if not await writing(request, overlays.end, table, principal.id, identity):
        vi = "Không có mục này, hoặc mục này đã hết hiệu lực."
        raise Refusal(404, "there is no such entry in force", where="id", vi=vi)
    request.app.state.checker.forget()


def _known_policy(request: Request, name: str) -> Policy | None:
    policy: Policy | None = request.app.state.checker.policy_of(name) if name else None
    return policy


def _may_waive(policy: Policy | None, body: WaiverBody) -> None:
    """Raise UsageError where the policy lets nobody, or not this role, waive the rule."""
    if policy is None:
        return
    waiving = policy.waiving
    if any(fnmatchcase(body.rule, pattern) for pattern in waiving.never):
        raise UsageError(
            f"the policy {policy.id} lets nobody waive {body.rule}",
            where="rule",
            vi="Chính sách không cho phép miễn trừ quy tắc này.",
        )
    if waiving.roles and body.role not in waiving.roles:
        raise UsageError(
            f"the policy {policy.id} lets only these roles waive: {', '.join(waiving.roles)}",
            where="role",
            vi=f"Chỉ các vai trò sau được miễn trừ: {', '.join(waiving.roles)}.",
        )


def _board(policy: Policy | None) -> tuple[str, ...]:
    check = check_of("field-approver-unknown")
    if check is None or policy is None:
        return ()
    board: tuple[str, ...] = getattr(policy.options_of(check), "board", ())
    return board
