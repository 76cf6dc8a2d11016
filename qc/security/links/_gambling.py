"""Betting domains and betting words: the list, the pattern and the context."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from qc.core.data import data_dir
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.links._addresses import split_host

SURE = 2.0
THRESHOLD = 1.6
HINT = 1.0
_LUCKY = regex(
    r"([a-z]{1,7}?)((?:\d?(?:88|68|79|89|99|66|77|86)|\d{0,2}(?:88|68)\d{0,3}|777|888|999|666|789|678"
    r"|567|8{3,}|9{3,}|6{3,}))([a-z]{0,4})"
)
_SHORT = regex(r"[a-z]{1,4}\d{1,4}[a-z]{0,3}|\d{1,3}[a-z]{1,4}\d{0,4}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """policies/security/gambling.yaml and the list of known domains."""

    dated: str
    known: frozenset[str]
    strong: tuple[str, ...]
    edge: dict[str, float]
    harmless: tuple[str, ...]
    suffixes: dict[str, float]
    terms: re.Pattern[str]
    warnings: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Read the shipped lists once."""
    import yaml

    folder = data_dir() / "security"
    data: dict[str, Any] = yaml.safe_load((folder / "gambling.yaml").read_text("utf-8"))
    lines = (folder / "gambling_domains_vn.txt").read_text("utf-8").splitlines()
    known = frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")
    return Vocabulary(
        str(data["dated"]),
        known,
        tuple(data["strong"]),
        {str(key): float(value) for key, value in data["edge"].items()},
        tuple(data["harmless"]),
        {str(key): float(value) for key, value in data["suffixes"].items()},
        _words(data["terms"]),
        _words(data["warnings"]),
    )


def known_domain(host: str) -> str:
    """The listed betting domain that a host is or lies below."""
    known = vocabulary().known
    parts = host.split(".")
    for at in range(len(parts) - 1):
        name = ".".join(parts[at:])
        if name in known or (at == 0 and "www." + name in known):
            return name
    return ""


@lru_cache(4096)
def domain_score(host: str) -> float:
    """How much a domain looks like betting: SURE blocks, THRESHOLD asks, HINT needs words."""
    words = vocabulary()
    _, label, suffix = split_host(host)
    if not label or not suffix:
        return 0.0
    score = words.suffixes.get(suffix, _plain_suffix(suffix))
    label = label.lower()
    plain = label.replace("-", "")
    if any(word in plain for word in words.strong):
        score += 3.0
    if not any(word in plain for word in words.harmless):
        score += _edges(label, words.edge) + _shape(plain)
    return score + _digits(label)


def _plain_suffix(suffix: str) -> float:
    """Cheap new suffixes carry more betting than the old ones."""
    if "." in suffix:
        return -0.5
    if suffix in ("com", "net", "info", "biz"):
        return 0.0
    return 0.1 if len(suffix) == 2 else 0.5


def gambling_words(text: str) -> list[str]:
    """The betting words of a text, with or without tone marks, in order."""
    if not text:
        return []
    folded = unicodedata.normalize("NFC", text).lower()
    return [match[0] for match in vocabulary().terms.finditer(folded)]


def warns(text: str) -> bool:
    """Whether a text reports on betting or warns of it."""
    return bool(vocabulary().warnings.search(unicodedata.normalize("NFC", text).lower()))


def _edges(label: str, edge: dict[str, float]) -> float:
    """Words at an edge of the label or of one of its letter runs; the two best ones count."""
    found: dict[str, float] = {}
    for run in re.findall(r"[a-z]+", label):
        for size in range(2, min(len(run), 7) + 1):
            for part in (run[:size], run[-size:]):
                if part in edge:
                    found[part] = edge[part]
    best = sorted(found.items(), key=lambda pair: -pair[1])
    if not best:
        return 0.0
    total = best[0][1]
    for word, weight in best[1:]:
        if word not in best[0][0] and best[0][0] not in word:
            total += weight
            break
    rest = len(re.sub(r"[^a-z]", "", label)) - len(best[0][0])
    if rest > 8:
        total *= 0.5  # a long name in front: a company, not a brand of two syllables
    return total


def _shape(plain: str) -> float:
    """Bits of brand names next to each other, and labels that change between letters and digits."""
    score = 0.0
    if re.search(
        r"\dbet|xbet|bet(?:vn|asia|win|club|vip)|(?:^|\d)win(?:vn|\d)|^[a-z]{1,3}win\d*$", plain
    ):
        score += 1.5
    if len(re.findall(r"[a-z]+|\d+", plain)) >= 4:
        score += 0.8
    if re.search(r"\d[a-z]*vn[a-z]?\d*$|^vn\d|^vn[a-z]?\d", plain):
        score += 0.6
    if re.match(r"(?:choi|taigame|nhantien|trochoi)", plain) or plain.startswith("daga"):
        score += 0.5
    return score


def _digits(label: str) -> float:
    """What the digits of a label tell: betting brands live on lucky numbers."""
    plain = re.sub(r"(?:19[5-9]|20[0-4])\d$", "", label.replace("-", ""))  # a year is no luck
    if plain.isdecimal():
        return 2.0 if len(plain) >= 6 else 1.5 if len(plain) == 5 else 0.7
    score = 0.0
    if re.search(r"\d(?:bet|win|vip|casino|club|xbet)|(?:bet|win|vip|club)\d", plain):
        score += 0.8
    if _LUCKY.fullmatch(plain):
        return score + 2.1
    if re.search(r"88|(\d\d)\1|(\d)\2\2", plain):
        return score + (1.8 if len(plain) <= 12 else 1.2)
    if _SHORT.fullmatch(plain):
        return score + (1.3 if re.search(r"[a-z]\d|\d[a-z]{2}", plain) and len(plain) > 2 else 1.0)
    if re.search(r"68|79|789|777|365|247|99|66", plain):
        return score + 0.9
    return score + (0.5 if re.search(r"\d", plain) else 0.0)


def _words(terms: list[Any]) -> re.Pattern[str]:
    ordered = sorted((str(term).lower() for term in terms), key=lambda term: -len(term))
    body = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in ordered)
    return regex(rf"(?<!\w)(?:{body})(?!\w)")
