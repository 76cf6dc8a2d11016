"""The portal's words over the protocol: what a client calls its personal dictionary."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse

from qc.service.api.access import reading, writing
from qc.service.languagetool.access import admit
from qc.service.languagetool.body import read_body
from qc.service.languagetool.errors import RequestError
from qc.service.languagetool.form import parse_form, parse_query
from qc.service.store import overlays
from qc.service.store.schema import words

SHORTEST, LONGEST = 2, 100


async def list_words(request: Request) -> JSONResponse:
    """The words in force, in order."""
    await admit(request, {})
    form = parse_query(request.url.query)
    first, most = _number(form, "offset", 0), _number(form, "limit", 1000)
    found = sorted({each["word"] for each in await _entries(request)})
    return JSONResponse({"words": found[first : first + most]})


async def add_word(request: Request) -> JSONResponse:
    """Accept a word from now on; `added` is false where it was accepted before."""
    form = parse_form(await read_body(request))
    principal = await admit(request, form, "approve")
    word = _word(form)
    known = any(each["word"] == word for each in await _entries(request))
    if not known:
        await writing(request, overlays.add_word, principal.id, _policy(request), word)
        request.app.state.checker.forget()
    return JSONResponse({"added": not known})


async def delete_word(request: Request) -> JSONResponse:
    """Accept a word no longer; `deleted` is false where it was not accepted."""
    form = parse_form(await read_body(request))
    principal = await admit(request, form, "approve")
    word = _word(form)
    ended = [
        await writing(request, overlays.end, words, principal.id, each["id"])
        for each in await _entries(request)
        if each["word"] == word
    ]
    request.app.state.checker.forget()
    return JSONResponse({"deleted": any(ended)})


async def _entries(request: Request) -> list[dict[str, str]]:
    """The entries of the policy in the address, or those that hold under every policy."""
    policy = _policy(request)
    if policy:
        request.app.state.checker.path_of(policy)  # refuses one that does not exist
    entries = await reading(request, overlays.entries, words)
    return [each for each in entries if each["policy"] == policy]


def _policy(request: Request) -> str:
    return str(request.path_params.get("policy", ""))


def _word(form: Mapping[str, str]) -> str:
    word = unicodedata.normalize("NFC", form.get("word", "")).strip()
    if not (SHORTEST <= len(word) <= LONGEST and word.isprintable()):
        raise RequestError(
            f"'word' is a word or phrase of {SHORTEST} to {LONGEST} letters",
            vi=f"'word' là một từ hoặc cụm từ dài từ {SHORTEST} đến {LONGEST} chữ cái",
        )
    return word


def _number(form: Mapping[str, str], name: str, default: int) -> int:
    given = form.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise RequestError(f"'{name}' is not a number", vi=f"'{name}' không phải là số")
    return int(given)
