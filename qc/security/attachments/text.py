"""The text of attachments as blocks of the article, so that every text check reads it."""

from __future__ import annotations

from qc.core.article import Article, Attachment, Block, BlockKind, Place
from qc.core.errors import QcError
from qc.core.record import replace
from qc.security._prose import ATTACHED
from qc.security.attachments.attached_files import FileOptions, inspection_of

MAX_CHARS = 400_000


def with_attachment_text(article: Article, options: FileOptions) -> Article:
    """The article with a field `attachment:PATH` for each attached file that has a text.

    A row of a table becomes one block, its cells parted by tabs. Files that cannot be read are
    left to the rules on files. At most 400,000 characters of each file are taken; `options` are
    the limits under which a file is opened, once for all checks.
    """
    texts = dict(article.texts)
    blocks = list(article.blocks)
    for attachment in article.attachments:
        field = f"{ATTACHED}{attachment.path}"
        added = _blocks(attachment, field, options)
        if added:
            texts[field] = "\n".join(block.text for block in added)
            blocks += added
    if len(blocks) == len(article.blocks):
        return article
    return replace(article, texts=texts, blocks=tuple(blocks))


def _blocks(attachment: Attachment, field: str, options: FileOptions) -> list[Block]:
    if attachment.blob is None or attachment.remote:
        return []
    try:
        inspection = inspection_of(attachment, attachment.blob, options)
    except QcError:
        return []
    blocks: list[Block] = []
    start = 0
    for place, text in inspection.texts if inspection is not None else ():
        for line in text.split("\n"):
            if start + len(line) > MAX_CHARS:
                return blocks
            where = Place(part=place, paragraph=len(blocks) + 1)
            blocks.append(
                Block(kind=BlockKind.PARAGRAPH, field=field, text=line, start=start, place=where)
            )
            start += len(line) + 1
    return blocks
