"""`qc fix`: show what would change, then write a fixed copy beside the draft."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from qc.cli.fix_media import fix_media, is_media
from qc.core.errors import UsageError
from qc.documents.folder import sources_of
from qc.documents.load import Source, load
from qc.fix import fix
from qc.policy.load import load_policy
from qc.policy.model import Policy
from qc.report.console import clean
from qc.report.target import write_beside

MARK = ".da-sua"
SAFE_MARK = ".an-toan"


def run_fix(
    paths: list[str],
    policy_name: str,
    *,
    in_place: bool,
    diff_only: bool,
    unsafe: bool,
    lang: str,
    safe_html: bool = False,
    media: bool = False,
) -> int:
    """Fix the drafts at the paths; 0 if nothing needed to be changed or all was written."""
    policy = load_policy(policy_name)
    vi = lang == "vi"
    for path in paths:
        if is_media(path):
            print(fix_media(Path(path), write=not diff_only, vi=vi))
            continue
        for source in sources_of(Path(path)):
            if source.path is None:
                continue
            if media:
                for each in _media_of(source):
                    print(fix_media(each, write=not diff_only, vi=vi))
            fixed = fix(source, policy, today=date.today(), unsafe=unsafe)
            if safe_html:
                print(_safe_copy(source.path, fixed.data, policy, vi=vi, write=not diff_only))
            if not fixed.made:
                print(f"{source.name}: {'không có gì để sửa' if vi else 'nothing to fix'}")
                continue
            sys.stdout.write("".join(f"{clean(x)}\n" for x in fixed.diff(source.name).splitlines()))
            if diff_only:
                continue
            target = _written(source.path, fixed.data, in_place=in_place)
            count = len(fixed.made)
            done = f"đã sửa {count} chỗ, ghi vào {target}" if vi else f"{count} fixes in {target}"
            print(f"{source.name}: {done}")
    return 0


def _media_of(source: Source) -> list[Path]:
    """The pictures and clips on disk that belong to a draft."""
    article = load(source, date.today())
    files = (*article.images, *article.videos)
    return [each.blob.path for each in files if each.blob is not None and each.blob.path]


def _safe_copy(draft: Path, data: bytes, policy: Policy, *, vi: bool, write: bool) -> str:
    """Write the HTML without anything that runs or hides beside the draft; tells what was done."""
    from qc.documents.load import decode_text
    from qc.security.markup.embed import EmbedOptions, embeds
    from qc.security.sanitize import safe_page

    if draft.suffix.lower() not in (".html", ".htm"):
        only = "bản sạch chỉ làm được cho bài HTML" if vi else "a safe copy is for HTML only"
        return f"{draft.name}: {only}"
    options = policy.options_of(embeds)
    hosts = options.hosts if isinstance(options, EmbedOptions) else ()
    text, _ = decode_text(data, draft.name)
    copy = safe_page(text, hosts=hosts)
    if not copy.changed:
        return f"{draft.name}: {'mã HTML đã sạch' if vi else 'the HTML is safe already'}"
    if not write:
        return f"{draft.name}: {'mã HTML sẽ được làm sạch' if vi else 'the HTML would change'}"
    target = _free(draft.with_name(f"{draft.stem}{SAFE_MARK}{draft.suffix}"), copy.html.encode())
    write_beside(target, copy.html.encode(), [draft])
    return f"{draft.name}: {'bản sạch ở' if vi else 'safe copy in'} {target}"


def _written(draft: Path, data: bytes, *, in_place: bool) -> Path:
    """Write the copy beside the draft, or over it once a backup is there."""
    if not in_place:
        target = _free(draft.with_name(f"{draft.stem}{MARK}{draft.suffix}"), data)
        write_beside(target, data, [draft])
        return target
    backup = _free(draft.with_name(f"{draft.name}.bak"), draft.read_bytes())
    try:
        shutil.copy2(draft, backup)
    except OSError as error:
        raise UsageError(f"no backup could be made: {error.strerror}", where=str(draft)) from error
    write_beside(draft, data, [])
    shutil.copymode(backup, draft)
    return draft


def _free(target: Path, data: bytes) -> Path:
    """`target`, or the next numbered name where another file stands there already."""
    number = 1
    candidate = target
    while os.path.lexists(candidate):
        if candidate.is_file() and candidate.read_bytes() == data:
            return candidate
        number += 1
        candidate = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return candidate
