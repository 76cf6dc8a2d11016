"""The library's two functions: check one article, or all that a few paths hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qc.core.article import Article
from qc.core.errors import UsageError
from qc.core.report import Report
from qc.documents.folder import sources_of
from qc.pipeline import inspect, inspect_article
from qc.policy.load import DEFAULT_POLICY, load_policy
from qc.policy.model import Policy


def check(
    article: str | Path | Article,
    policy: str | Path | Policy = DEFAULT_POLICY,
    *,
    lang: str = "vi",
    today: date | None = None,
) -> Report:
    """Check one article: a file, a folder that holds an article with its media, or an Article.

    `policy` is a name, the path of a YAML file or a loaded Policy; `lang` is "vi" or "en".
    `today` is the date of the run (default: the system's). An article that cannot be read gives
    a Report with verdict `incomplete`. Raises UsageError where the path holds no article or more
    than one, PolicyError for a policy that is wrong.
    """
    loaded = policy if isinstance(policy, Policy) else load_policy(policy)
    if isinstance(article, Article):
        return inspect_article(article, loaded, lang=lang)
    sources = sources_of(Path(article))
    if len(sources) != 1:
        raise UsageError(
            f"holds {len(sources)} articles, not one",
            where=str(article),
            remedy="Use check_all() for many.",
        )
    return inspect(sources[0], loaded, today=today or date.today(), lang=lang)


def check_all(
    paths: Iterable[str | Path],
    policy: str | Path | Policy = DEFAULT_POLICY,
    *,
    lang: str = "vi",
    today: date | None = None,
) -> list[Report]:
    """Check every article that the paths hold, in order. See `check`."""
    loaded = policy if isinstance(policy, Policy) else load_policy(policy)
    day = today or date.today()
    found = [source for path in paths for source in sources_of(Path(path))]
    return [inspect(source, loaded, today=day, lang=lang) for source in found]
