"""`qc approve`, `qc verify` and `qc evidence`: sign-off of drafts by the editorial board."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qc import __version__
from qc.cli.policies import policy_text
from qc.core.article import Article
from qc.core.errors import UsageError
from qc.core.report import Report
from qc.documents.folder import sources_of
from qc.pipeline import inspect_with_article
from qc.policy.load import load_policy
from qc.policy.model import Policy
from qc.rendering import rendering_of
from qc.report.formats import render
from qc.report.target import write_beside
from qc.signoff import ApprovalLog, refuse

LOG_NAME = ".qc-approvals.jsonl"


def run_approve(path: str, policy_name: str, *, by: str, role: str, note: str, lang: str) -> int:
    """Approve a draft; 0 once the record is written. Raises UsageError where that is refused."""
    policy = load_policy(policy_name)
    report, article = _inspected(path, policy, lang)
    author = article.fields.author if article else None
    refuse(report, approver=by, author=author, board=_board(policy))
    named = article.fields.approved_by if article else None
    if named and named.strip().lower() != by.strip().lower():
        note_vi = f"lưu ý: bài ghi người duyệt là {named}, không phải {by}"
        print(note_vi if lang == "vi" else f"note: the draft names {named} as approver, not {by}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    log = _log(path)
    record = log.append(report, at=at, approver=by, role=role, note=note, tool=__version__)
    done = "đã duyệt" if lang == "vi" else "approved"
    print(f"{report.source}: {done} ({by}, {record.digest[:16]}, {log.path})")
    return 0


def run_verify(path: str, policy_name: str, lang: str) -> int:
    """0 if the draft is what was last approved under this policy, 1 if not."""
    policy = load_policy(policy_name)
    report, _ = _inspected(path, policy, lang)
    record = _log(path).last_for(report.source)
    vi = lang == "vi"
    if record is None:
        print(f"{report.source}: {'chưa được duyệt' if vi else 'not approved'}")
        return 1
    if record.digest != report.digest:
        changed = "đã thay đổi sau khi duyệt" if vi else "changed since it was approved"
        print(f"{report.source}: {changed} ({record.approver}, {record.at})")
        return 1
    if record.policy_digest != policy.digest:
        other = "được duyệt theo chính sách khác" if vi else "approved under another policy"
        print(f"{report.source}: {other} ({record.policy}, {record.at})")
        return 1
    same = "đúng bản đã duyệt" if vi else "is what was approved"
    print(f"{report.source}: {same} ({record.approver}, {record.at})")
    return 0


def run_evidence(path: str, policy_name: str, output: str, lang: str) -> int:
    """Write the evidence of a draft: its report, the policy, the digests and the approval log."""
    policy = load_policy(policy_name)
    report, article = _inspected(path, policy, lang)
    rendering = rendering_of([(report, article)], report.policy, exit_code=0, lang=lang)
    log = _log(path)
    record = log.last_for(report.source)
    summary = {
        "source": report.source,
        "digest": report.digest,
        "policy": {"id": policy.id, "digest": policy.digest},
        "verdict": report.verdict.value,
        "approved": record is not None and record.digest == report.digest,
        "approver": record.approver if record else None,
        "log_records": len(log.records()),
    }
    files = {
        "evidence.json": json.dumps(summary, ensure_ascii=False, indent=1).encode(),
        "report.json": render("json", rendering),
        "report.html": render("html", rendering),
        "policy.yaml": policy_text(policy, lang).encode(),
        "approvals.jsonl": log.evidence(report.source),
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    write_beside(Path(output), stream.getvalue(), [Path(path)])
    print(output)
    return 0


def _inspected(path: str, policy: Policy, lang: str) -> tuple[Report, Article | None]:
    sources = sources_of(Path(path))
    if len(sources) != 1:
        raise UsageError(f"holds {len(sources)} articles, not one", where=path)
    return inspect_with_article(sources[0], policy, today=date.today(), lang=lang)


def _board(policy: Policy) -> tuple[str, ...]:
    from qc.core.discover import check_of

    check = check_of("field-approver-unknown")
    board: tuple[str, ...] = getattr(policy.options_of(check), "board", ()) if check else ()
    return board


def _log(path: str) -> ApprovalLog:
    place = Path(path)
    folder = place if place.is_dir() else place.parent
    return ApprovalLog(folder / LOG_NAME)
