"""`qc dictionary`: the words a portal accepts, and what its editors decided about suggestions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Từ điển riêng của cổng: từ được chấp nhận.", no_args_is_help=True)
RULE = "spelling-real-word"

PolicyPath = Annotated[
    Path, typer.Option("--policy", "-p", help="Tệp chính sách .yaml của đơn vị.")
]
Decisions = Annotated[Path, typer.Option("--decisions", help="Tệp JSONL ghi các quyết định.")]


@app.command("add")
def add_command(
    words: Annotated[list[str], typer.Argument(help="Từ hoặc cụm từ (đặt trong ngoặc kép).")],
    policy: PolicyPath,
) -> None:
    """Thêm từ vào từ điển của một chính sách (tệp được ghi lại, chú thích đầu tệp được giữ)."""
    added = add_words(policy, words)
    typer.echo(f"{policy}: thêm {len(added)} từ")


@app.command("list")
def list_command(policy: PolicyPath) -> None:
    """In từ điển của một chính sách."""
    from qc.policy.yaml import read_yaml

    for word in _words(read_yaml(policy)):
        typer.echo(word)


@app.command("record")
def record_command(
    written: Annotated[str, typer.Argument(help="Chữ trong bài.")],
    decision: Annotated[str, typer.Argument(help="accepted (đã sửa) hoặc ignored (giữ nguyên).")],
    decisions: Decisions,
) -> None:
    """Ghi lại việc biên tập viên đã sửa hay giữ nguyên một chữ bị báo."""
    if decision not in ("accepted", "ignored"):
        raise typer.BadParameter("accepted hoặc ignored", param_hint="decision")
    with decisions.open("a", encoding="utf-8") as file:
        row = {"written": written, "decision": decision}
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


@app.command("learn")
def learn_command(
    policy: PolicyPath,
    decisions: Decisions,
    times: Annotated[int, typer.Option(help="Giữ nguyên ít nhất mấy lần thì nhận.", min=1)] = 3,
) -> None:
    """Nhận vào từ điển những chữ đã nhiều lần được giữ nguyên và chưa lần nào bị sửa."""
    added = add_words(policy, learned(decisions, times))
    typer.echo(f"{policy}: thêm {len(added)} từ: {', '.join(added)}")


def learned(decisions: Path, times: int) -> list[str]:
    """Words ignored at least `times` times and never corrected, in alphabetical order."""
    ignored: Counter[str] = Counter()
    accepted: set[str] = set()
    for line in decisions.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            word = row["written"].lower()
            if row["decision"] == "ignored":
                ignored[word] += 1
            else:
                accepted.add(word)
    return sorted(word for word, seen in ignored.items() if seen >= times and word not in accepted)


def add_words(policy: Path, words: list[str]) -> list[str]:
    """Add words to the options of the spelling check in a policy file; gives the new ones."""
    import unicodedata

    import yaml

    from qc.policy.load import load_policy
    from qc.policy.yaml import parse_yaml

    before = policy.read_text(encoding="utf-8")
    body = parse_yaml(before.encode(), str(policy))
    known = _words(body)
    wanted = [unicodedata.normalize("NFC", word).strip() for word in words]
    added = [word for word in dict.fromkeys(wanted) if word and word not in known]
    rules = body.get("rules") or {}
    setting = rules.get(RULE)
    setting = dict(setting) if isinstance(setting, dict) else _setting(setting)
    setting["options"] = {**setting.get("options", {}), "words": [*known, *added]}
    body["rules"] = {**rules, RULE: setting}
    head = "".join(line for line in before.splitlines(keepends=True)[:20] if line.startswith("#"))
    text = head + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=100)
    policy.write_text(text, encoding="utf-8")
    load_policy(str(policy))
    return added


def _setting(short: object) -> dict[str, Any]:
    """The long form of a setting written as a word: a severity, on, off, true, false."""
    if short is None:
        return {}
    if short in (True, False, "on", "off"):
        return {"enabled": short in (True, "on")}
    return {"severity": short}


def _words(body: Any) -> list[str]:
    setting = (body.get("rules") or {}).get(RULE)
    if not isinstance(setting, dict):
        return []
    return list((setting.get("options") or {}).get("words", ()))
