"""Which waiver covers which finding, and what is wrong with the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from qc.core.article import Article
from qc.core.catalogue import rule_ids
from qc.core.errors import PolicyError
from qc.core.finding import Finding
from qc.core.waiver import Waiver, inline_waivers
from qc.policy.model import Policy
from qc.policy.yaml import read_yaml

FILE_NAME = ".qc-waivers.yaml"
MAX_LEVELS = 40
Fault = Literal["expired", "unused", "forbidden"]


class Waivers:
    """The waivers that may cover findings of one article; remembers which were used."""

    def __init__(self, policy: Policy, article: Article, beside: Sequence[Waiver] = ()) -> None:
        self.policy = policy
        self.article = article
        inline = [w for w in inline_waivers(article) if len(w.reason) >= 5 and w.rule in rule_ids()]
        self.waivers = [*policy.waivers, *beside, *inline]
        self._used: set[int] = set()

    def of(self, finding: Finding, excerpt: str) -> Waiver | None:
        """The waiver that covers a finding, if there is one in force and allowed."""
        for index, waiver in enumerate(self.waivers):
            if waiver.rule != finding.rule.id or not self._here(waiver):
                continue
            if waiver.text is not None and waiver.text != excerpt:
                continue
            self._used.add(index)
            if self._fault(waiver) is None:
                return waiver
        return None

    def faults(self) -> Iterator[tuple[Waiver, Fault]]:
        """What is wrong with the waivers that concern this article, after all findings are seen."""
        for index, waiver in enumerate(self.waivers):
            if not self._here(waiver):
                continue
            fault = self._fault(waiver)
            if fault is not None and (index in self._used or waiver.origin == "inline"):
                yield waiver, fault
            elif fault is None and index not in self._used and waiver.origin == "inline":
                yield waiver, "unused"

    def _here(self, waiver: Waiver) -> bool:
        return waiver.source is None or fnmatchcase(self.article.source, waiver.source)

    def _fault(self, waiver: Waiver) -> Fault | None:
        waiving = self.policy.waiving
        if any(fnmatchcase(waiver.rule, pattern) for pattern in waiving.never):
            return "forbidden"
        if waiver.origin == "inline":
            refused = any(fnmatchcase(waiver.rule, each) for each in waiving.inline_never)
            if refused or not waiving.inline:
                return "forbidden"
        if waiving.roles and waiver.origin != "policy" and waiver.role not in waiving.roles:
            return "forbidden"
        if waiver.expires is not None and waiver.expires < self.article.today:
            return "expired"
        return None


def waivers_beside(draft: Path | None) -> tuple[Waiver, ...]:
    """The waivers of the nearest `.qc-waivers.yaml`, from the folder of a draft upwards.

    Raises PolicyError for a file that is wrong.
    """
    if draft is None:
        return ()
    folder = draft.resolve().parent
    for each in (folder, *folder.parents)[:MAX_LEVELS]:
        path = each / FILE_NAME
        if path.is_file():
            return _read(path)
        if (each / ".git").exists():
            break
    return ()


def _read(path: Path) -> tuple[Waiver, ...]:
    from pydantic import ValidationError

    from qc.policy.schema import WaiverFileModel

    data = read_yaml(path)
    try:
        file = WaiverFileModel.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"])
        raise PolicyError(
            f"{place or 'the file'}: {first['msg']}",
            where=str(path),
            vi=f"sai ở {place or 'đầu tệp'}; mỗi miễn trừ cần rule, author, reason và expires",
        ) from error
    for waiver in file.waivers:
        if waiver.rule not in rule_ids():
            raise PolicyError(
                f"unknown rule {waiver.rule}",
                where=str(path),
                remedy="`qc rules` lists all rules.",
                vi=f"không có quy tắc {waiver.rule}",
            )
    return tuple(Waiver(**each.model_dump(), origin="file") for each in file.waivers)
