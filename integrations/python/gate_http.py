"""The same gate through the service (`qc serve`), with nothing but Python's own library."""

import json
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen


def reasons(article: dict[str, object], url: str, token: str = "") -> list[str]:
    """`article` as in docs/article-json.md; an answer that does not come is a reason too."""
    head = {"Content-Type": "application/json"}
    if token:
        head["Authorization"] = f"Bearer {token}"
    data = json.dumps({"article": article, "policy": "co-so"}).encode()
    try:
        with urlopen(Request(f"{url}/v1/check", data, head), timeout=30) as answer:
            (report,) = json.load(answer)["reports"]
    except HTTPError as error:  # refused: the body says why, unless a proxy answered
        try:
            why = json.load(error)["error"]["message"]
        except (ValueError, KeyError, TypeError):
            why = error
        return [f"Chưa kiểm tra được nên chưa đăng: {why}"]
    except (URLError, TimeoutError, ValueError) as error:
        return [f"Chưa kiểm tra được nên chưa đăng: {error}"]
    if report["verdict"] in ("pass", "review"):
        return []
    open_ones = [f for f in report["findings"] if f["severity"] == "error" and not f["waived"]]
    return [f["message"] for f in open_ones] or ["Bài chưa kiểm tra xong nên chưa đăng"]
