"""Loading policies: by name or file, with inheritance; anything unknown is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from qc.core.artefacts import kept
from qc.core.catalogue import catalogue, check_of, rule_ids
from qc.core.data import data_dir
from qc.core.errors import PolicyError
from qc.core.record import asdict, dataclass
from qc.core.rule import AnyCheck, Options, Severity, Text
from qc.core.waiver import Waiver, Waiving
from qc.policy.model import Policy, RuleSetting
from qc.policy.yaml import read_yaml

DEFAULT_POLICY = "co-so"
MAX_DEPTH = 8


def policy_names() -> list[str]:
    """Names of the policies that come with qc."""
    return sorted(path.stem for path in data_dir().glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy as it was written, known to be well formed."""

    id: str
    title: Text
    extends: str | None
    date: dt.date | None
    rules: Mapping[str, RuleSetting]
    waivers: tuple[Waiver, ...]
    waiving: Waiving | None


def load_policy(name: str | Path = DEFAULT_POLICY) -> Policy:
    """The policy of a name (`co-so`) or file (`truong-toi.yaml`), ready for use.

    Raises PolicyError for an unknown name, key, rule or option, naming the nearest known one.
    """
    files = list(_chain(_find(str(name), Path.cwd())))
    settings: dict[str, RuleSetting] = {}
    for path, file in reversed(files):
        for key, value in sorted(file.rules.items(), key=lambda item: "*" not in item[0]):
            for rule_id in _matching(key, path):
                settings[rule_id] = _merge(settings.get(rule_id), value)
    own = files[0][1]
    waivers = tuple(waiver for _, file in files for waiver in file.waivers)
    for path, file in files:
        for waiver in file.waivers:
            _known_rule(waiver.rule, path)
    day = next((file.date for _, file in files if file.date is not None), None)
    waiving = next((file.waiving for _, file in files if file.waiving is not None), Waiving())
    return Policy(
        id=own.id,
        title=own.title,
        digest=_digest(settings, waivers, day, waiving),
        date=day,
        enabled={k: v.enabled for k, v in settings.items() if v.enabled is not None},
        severities={k: v.severity for k, v in settings.items() if v.severity is not None},
        options=dict(_options(settings, files[0][0])),
        waivers=waivers,
        waiving=waiving,
    )


def _find(name: str, base: Path) -> Path:
    if name.endswith((".yaml", ".yml")) or "/" in name:
        path = Path(name) if Path(name).is_absolute() else base / name
        if not path.is_file():
            raise PolicyError(
                "there is no such policy file", where=name, vi="không có tệp chính sách này"
            )
        return path
    path = data_dir() / f"{name}.yaml"
    if not path.is_file():
        near = _nearest(name, policy_names())
        raise PolicyError(
            f"there is no policy called {name}{near}",
            remedy=f"Known policies: {', '.join(policy_names())}.",
            vi=f"không có chính sách tên {name}{near}. Các chính sách: {', '.join(policy_names())}",
        )
    return path


def _chain(path: Path) -> Iterable[tuple[Path, PolicyFile]]:
    """A policy file and all it extends, the nearest first."""
    seen: list[Path] = []
    current: Path | None = path
    while current is not None:
        if current in seen or len(seen) >= MAX_DEPTH:
            raise PolicyError("the policy extends itself", where=str(path))
        seen.append(current)
        file = _read(current)
        yield current, file
        current = _parent(file.extends, current) if file.extends else None


def _parent(name: str, child: Path) -> Path:
    if ".." in Path(name).parts or Path(name).is_absolute():
        raise PolicyError(
            f"extends: {name} leads out of the policy's folder",
            where=str(child),
            remedy="Name a policy of qc, or a file beside this one.",
        )
    return _find(name, child.parent)


def _read(path: Path) -> PolicyFile:
    if path.parent == data_dir():
        data = kept(f"policy-{path.stem}", (path,), lambda: read_yaml(path))
    else:
        data = read_yaml(path)
    if not isinstance(data, dict):
        raise PolicyError("is not a policy: a list of `key: value` is expected", where=str(path))
    if path.parent != data_dir():
        validate(data, path)
    return PolicyFile(
        id=data["id"],
        title=Text(vi=data["title"]["vi"], en=data["title"]["en"]),
        extends=data.get("extends"),
        date=data.get("date"),
        rules={str(key): _setting(value) for key, value in (data.get("rules") or {}).items()},
        waivers=tuple(Waiver(**each) for each in data.get("waivers") or ()),
        waiving=_waiving(data.get("waiving")),
    )


def _waiving(value: Mapping[str, Any] | None) -> Waiving | None:
    if value is None:
        return None
    lists = {
        name: tuple(value[name]) for name in ("roles", "never", "inline_never") if value.get(name)
    }
    return Waiving(inline=value.get("inline", True), **lists)


def validate(data: object, path: Path) -> None:
    """Refuse a policy with a wrong or unknown key, naming the nearest known one.

    Policies that come with qc are validated by its tests, so that they load fast.
    """
    from pydantic import ValidationError

    from qc.policy.schema import PolicyModel, RuleModel, WaiverModel

    try:
        PolicyModel.model_validate(data)
    except ValidationError as error:
        errors = error.errors()
        first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
        place = ".".join(str(each) for each in first["loc"] if not str(each).endswith("Model"))
        if first["type"] != "extra_forbidden":
            raise PolicyError(f"{place}: {first['msg']}", where=str(path)) from error
        known = [*PolicyModel.model_fields, *RuleModel.model_fields, *WaiverModel.model_fields]
        near = _nearest(str(first["loc"][-1]), known)
        raise PolicyError(
            f"unknown key {place}{near}", where=str(path), vi=f"không có khóa {place}{near}"
        ) from error


def _matching(key: str, path: Path) -> list[str]:
    """The rule ids that a key of `rules:` means."""
    if "*" not in key:
        return [_known_rule(key, path)]
    found = [rule_id for rule_id in rule_ids() if fnmatchcase(rule_id, key)]
    if not found:
        raise PolicyError(f"no rule matches {key}", where=str(path))
    return found


def _known_rule(rule_id: str, path: Path) -> str:
    if rule_id not in rule_ids():
        near = _nearest(rule_id, rule_ids())
        raise PolicyError(
            f"unknown rule {rule_id}{near}",
            where=str(path),
            remedy="`qc rules` lists all rules.",
            vi=f"không có quy tắc {rule_id}{near}. Lệnh `qc rules` liệt kê mọi quy tắc",
        )
    return rule_id


def _merge(below: RuleSetting | None, setting: RuleSetting) -> RuleSetting:
    if below is None:
        return setting
    return RuleSetting(
        enabled=below.enabled if setting.enabled is None else setting.enabled,
        severity=setting.severity or below.severity,
        options={**below.options, **setting.options},
    )


def _setting(value: Any) -> RuleSetting:
    """One value of `rules:` — on, off, a severity, or a mapping."""
    if isinstance(value, Mapping):
        severity = Severity(value["severity"]) if value.get("severity") else None
        enabled = value.get("enabled")
        if enabled is None and severity is not None:
            enabled = True
        return RuleSetting(enabled, severity, value.get("options") or {})
    if value in (True, False, "on", "off"):
        return RuleSetting(enabled=value in (True, "on"))
    return RuleSetting(enabled=True, severity=Severity(value))


def _options(settings: Mapping[str, RuleSetting], path: Path) -> Iterable[tuple[str, Options]]:
    collected: dict[str, dict[str, Any]] = {}
    for rule_id, setting in settings.items():
        check = check_of(rule_id) if setting.options else None
        if check is None:
            continue
        values = collected.setdefault(check.id, {})
        for key, value in setting.options.items():
            if key not in check.options.model_fields:
                near = _nearest(key, check.options.model_fields)
                raise PolicyError(
                    f"rule {rule_id} has no option {key}{near}",
                    where=str(path),
                    vi=f"quy tắc {rule_id} không có tùy chọn {key}{near}",
                )
            if key in values and values[key] != value:
                raise PolicyError(
                    f"option {key} of check {check.id} is set twice with different values",
                    where=str(path),
                )
            values[key] = value
    for listed in catalogue():
        if listed.id in collected:
            yield listed.id, _validated(listed.load(), collected[listed.id], path)


def _validated(check: AnyCheck, values: dict[str, Any], path: Path) -> Options:
    from pydantic import ValidationError

    try:
        options: Options = check.options.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"])
        raise PolicyError(
            f"option {place} of check {check.id}: {first['msg']}", where=str(path)
        ) from error
    return options


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" (gần nhất: {near[0]})" if near else ""


def _digest(
    settings: Mapping[str, RuleSetting],
    waivers: tuple[Waiver, ...],
    day: dt.date | None,
    waiving: Waiving,
) -> str:
    content = {
        "rules": {k: asdict(v) for k, v in sorted(settings.items())},
        "waivers": [asdict(each) for each in waivers],
        "date": day,
        "waiving": asdict(waiving),
    }
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
