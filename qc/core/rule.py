"""Rules and checks: what is wrong, why, how to mend it, and the function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from qc.core.finding import Finding, Suggestion
from qc.core.options import Field, Options
from qc.core.record import dataclass, field

if TYPE_CHECKING:
    from qc.core.article import Subject

__all__ = ["Check", "Confidence", "Draft", "Examples", "Field", "Options", "Rule", "Severity"]
__all__ += ["Text", "check"]

Language = Literal["vi", "en"]


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Confidence(StrEnum):
    """How sure a check is of a finding."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Vietnamese and English; `{name}` places are filled with a finding's facts."""

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi

    def render(self, lang: str, facts: Mapping[str, object]) -> str:
        """The text in `lang` with the facts filled in; Vietnamese writes 2,5 and not 2.5."""
        if lang != "en" and any(isinstance(each, float) for each in facts.values()):
            facts = {name: _said(each) for name, each in facts.items()}
        return self[lang].format_map(facts)


def _said(fact: object) -> object:
    """A fact as a Vietnamese sentence has it: a decimal comma, no needless zero."""
    if not isinstance(fact, float):
        return fact
    return str(int(fact)) if fact.is_integer() else str(fact).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Draft:
    """An example document: its text, file name, and the files that stand beside it.

    Files are given as functions so that nothing is drawn until an example is run.
    """

    text: str
    name: str = "draft.md"
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examples:
    """Drafts that raise a rule and drafts that do not; both are run as tests.

    A plain string is a Markdown draft, or an HTML one where it begins with `<`.
    """

    bad: tuple[str | Draft, ...] = ()
    good: tuple[str | Draft, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What can be wrong with an article. `basis` names requirement rows of policies/law.

    `masks`: the reported text is personal data and is masked in every report; `secret`: it is a
    password or key, of which only the first character is shown.
    `opt_in`: the rule is off unless a policy switches it on. `milder` says when the check itself
    reports less than `severity`.
    """

    id: str
    title: Text
    message: Text
    why: Text
    fix: Text
    severity: Severity = Severity.WARNING
    basis: tuple[str, ...] = ()
    examples: Examples = Examples()
    since: str = "0.1"
    masks: bool = False
    secret: bool = False
    opt_in: bool = False
    milder: Text | None = None

    def at(
        self,
        subject: Subject,
        start: int | None = None,
        end: int | None = None,
        *,
        field: str | None = None,
        box: tuple[int, int, int, int] | None = None,
        time_s: tuple[float, float] | None = None,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
        suggestions: tuple[Suggestion, ...] = (),
        **facts: object,
    ) -> Finding:
        """A finding of this rule at a subject.

        `start` and `end` are offsets into the text of the subject (a Block, Link or Markup), or
        into the text of `field` when the subject is the Article. `box` is x, y, width, height in
        pixels, `time_s` a span in seconds. `severity` may only lower the rule's own.
        """
        if severity is None or severity.rank > self.severity.rank:
            severity = self.severity
        return Finding(
            self, subject, start, end, field, box, time_s, severity, confidence, facts, suggestions
        )


S = TypeVar("S", bound="Subject")
O = TypeVar("O", bound=Options)  # noqa: E741 - the options of a check


@dataclass(frozen=True, slots=True, eq=False)
class Check(Generic[S, O]):
    """A function of one subject and its options that yields findings of the declared rules."""

    id: str
    rules: tuple[Rule, ...]
    subject: type[S]
    options: type[O]
    requires: tuple[str, ...]
    run: Callable[[S, O], Iterable[Finding]]
    module: str


AnyCheck = Check[Any, Any]


@overload
def check(
    *rules: Rule, subject: type[S], requires: tuple[str, ...] = ()
) -> Callable[[Callable[[S, Options], Iterable[Finding]]], Check[S, Options]]: ...


@overload
def check(
    *rules: Rule, subject: type[S], options: type[O], requires: tuple[str, ...] = ()
) -> Callable[[Callable[[S, O], Iterable[Finding]]], Check[S, O]]: ...


def check(
    *rules: Rule,
    subject: type[Any],
    options: type[Any] = Options,
    requires: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterable[Finding]]], AnyCheck]:
    """Declare a check. It registers nothing: `discover()` finds the value this returns.

    `requires` names what must be there, as "module:cv2" or "program:ffprobe"; where it is
    missing, the outcome of the check is `unavailable`.
    """

    def declare(function: Callable[..., Iterable[Finding]]) -> AnyCheck:
        name = function.__name__.strip("_").replace("_", "-")
        return Check(name, rules, subject, options, requires, function, function.__module__)

    return declare
