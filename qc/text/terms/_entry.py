"""The list file: what an entry of policies/terms/*.yaml may say, checked field by field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qc.core.errors import PolicyError
from qc.text.terms._forms import forms, spoonerisms
from qc.text.terms._term import Term

Profile = Literal["article", "comment"]


class Defaults(BaseModel):
    """What an entry says when it says nothing; a file gives these for all its entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: int = Field(2, ge=1, le=3, description="3 may block, 2 asks for review, 1 informs")
    profiles: tuple[Profile, ...] = Field(("article", "comment"), description="Where it applies")
    diacritics: Literal["strict", "whole", "auto", "fold"] = Field(
        "auto",
        description="strict: marks must be written; whole: all may be left out, not some; "
        "auto: some too; fold: also in very short terms",
    )
    evasion: Literal["none", "sep", "leet", "full"] = Field(
        "leet", description="Spellings searched; full adds keystrokes and teencode"
    )
    boundary: Literal["syllable", "free"] = Field(
        "syllable", description="free: also inside text whose words are glued together"
    )
    case: Literal["any", "exact"] = Field("any", description="exact: as written in the list")
    safe_near: tuple[str, ...] = Field((), description="Words nearby that make it a mention")
    needs_near: tuple[str, ...] = Field((), description="Words nearby without which it is no hit")
    window: int = Field(80, ge=1, le=1000, description="How far is near, in characters")
    min_density: int = Field(1, ge=1, description="Fewest hits of its category in the article")
    spoonerism: bool = Field(False, description="Also search nói lái of two syllables")
    source: str = Field("own", description="Where the entry comes from")
    lang: Literal["vi", "en"] = "vi"
    added: date | None = None
    expires: date | None = None
    owner: bool = Field(False, description="An entry of the portal's owner: always an error")
    note: str = ""


class Entry(Defaults):
    """One term. `id` is how portal lists override it: the same id later wins."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    term: str = Field(min_length=2)
    category: str
    safe_phrases: tuple[str, ...] = Field((), description="Phrases that contain it and are fine")
    suggest: str = Field("", description="What to write instead")
    pattern: tuple[dict[str, Any], ...] = Field(
        (), description="spaCy token pattern that must match in the sentence of the term"
    )
    enabled: bool = True

    def compiled(self, list_name: str) -> Term:
        """The entry with the forms it is searched by."""
        written = " ".join(self.term.split())
        lowered = written.lower()
        found = forms(lowered, self.evasion, self.boundary)
        if self.spoonerism:
            exact = {text for text, _, _ in found}
            for swapped in spoonerisms(lowered):
                found += [
                    (text, literal, "spoonerism")
                    for text, literal, kind in forms(swapped, "none", "syllable")
                    if text not in exact
                ]
        return Term(
            id=self.id,
            term=written if self.case == "exact" else lowered,
            category=self.category,
            severity=self.severity,
            profiles=self.profiles,
            diacritics=self.diacritics,
            evasion=self.evasion,
            boundary=self.boundary,
            case=self.case,
            safe_phrases=tuple(phrase.lower() for phrase in self.safe_phrases),
            safe_near=tuple(phrase.lower() for phrase in self.safe_near),
            needs_near=tuple(phrase.lower() for phrase in self.needs_near),
            window=self.window,
            min_density=self.min_density,
            suggest=self.suggest,
            list_name=list_name,
            source=self.source,
            added=self.added.isoformat() if self.added else "",
            expires=self.expires.isoformat() if self.expires else "",
            owner=self.owner,
            pattern=self.pattern,
            note=self.note,
            forms=found,
        )


class TermFile(BaseModel):
    """A list: the defaults of its entries, and the entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str
    about: str = ""
    defaults: dict[str, Any] = {}
    terms: tuple[dict[str, Any], ...] = ()
    disable: tuple[str, ...] = Field((), description="Ids of other lists that are switched off")


def read_list(path: Path) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of a list file and the ids it switches off; PolicyError names what is wrong."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        listed = TermFile.model_validate(raw or {})
        shared = {"category": listed.category, **listed.defaults}
        return [Entry.model_validate(shared | row) for row in listed.terms], listed.disable
    except (OSError, yaml.YAMLError) as error:
        raise PolicyError(f"the term list cannot be read: {error}", where=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise PolicyError(
            f"{place}: {first['msg']} ({first['input']!r})",
            where=str(path),
            remedy="See docs of the term list fields.",
        ) from error


def own_entries(rows: tuple[dict[str, Any], ...]) -> tuple[Entry, ...]:
    """The entries that a policy gives inline; they are the owner's unless they say otherwise."""
    try:
        return tuple(
            Entry.model_validate({"category": "owner", "owner": True} | row) for row in rows
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise PolicyError(f"{place}: {first['msg']}", where="terms") from error
