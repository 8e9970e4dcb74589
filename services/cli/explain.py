"""`wireroom explain`: what an article has to do with others, and how that is known."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text

from services.cli import kept, typed
from services.cli.errors import Told
from services.cli.options import Home, house
from services.cli.terminal import AsJson, console, plain, print_json
from services.store.reading import MAX_ANSWERS
from services.store.relations import Difference, Member, Passage, Related

app = typer.Typer()

MOST_ARTICLES = 10  # that one file or URL may have been
SIGNS = {"added": "+", "removed": "−", "changed": "~"}
STYLES = {"added": "green", "removed": "red", "changed": "yellow"}
NO_CANONICAL = "  canonical  not known: none of them has a date\n"
WORDS = {
    "same_bytes": "copy, same bytes",
    "same_text": "copy, same text",
    "near_duplicate": "copy, near-duplicate",
    "contained": "excerpt",
}


@app.command()
def explain(
    reference: Annotated[
        str, typer.Argument(metavar="FILE|URL|ID", help="A file, a URL, an input_id or an article_id.")
    ],
    *,
    limit: Annotated[int, typed.whole("--limit", 1, MAX_ANSWERS, "Most articles, and most passages, to show.")] = 20,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show what belongs with an article: copies, versions and what is new in each, and how that is known.

    The original was seen first, the canonical one published first. Besides: what contains the article, stands in it or
    has a passage in common with it, with the share of both texts.
    """
    settings = house(home=home)
    with kept.opened(settings) as reading:
        inputs = reading.inputs_of(reference, inbox=settings.inbox)
        names = dict.fromkeys(one.article_id for one in inputs if one.article_id is not None) or {reference: None}
        found = [one for name in list(names)[:MOST_ARTICLES] if (one := reading.relations.of(name, limit=limit))]
    if as_json:
        print_json({"articles": [one.model_dump(mode="json") for one in found]})
    if not found:
        raise Told(f"no article is kept for {plain(reference)}: `wireroom trace` shows what became of an input")
    if not as_json:
        told = set[str]()
        for one in found:
            console().print(picture(one, alone=one.original in told))
            told.add(one.original)


def picture(one: Related, *, alone: bool = False) -> Text:
    """The article for people: its cluster, a line a member, what is new in each version, passages in common.

    `alone` is it without its cluster, which was shown with another.
    """
    lines = Text(plain(one.article_id), style="bold")
    if alone:
        lines.append("  belongs with it too\n")
    else:
        _show_cluster(lines, one)
    for passage in one.passages:
        lines.append(f"  {_passage(passage)}\n", style="cyan")
    _say_more(lines, one.passages_in_all - len(one.passages))
    return lines


def _show_cluster(lines: Text, one: Related) -> None:
    among = f"{_many(one.revisions, 'revision')} and {_many(one.copies, 'copy', 'copies')} among them"
    together = f"{one.articles} articles belong together, {among}"
    lines.append(f"  {together if one.articles > 1 else 'no other article belongs with it'}\n")
    lines.append(f"  original   {one.original}  was seen first\n")
    lines.append(f"  canonical  {one.canonical}  was published first\n" if one.canonical else NO_CANONICAL)
    for member in one.members:
        lines.append(f"  {_member(member)}\n", style="bold" if member.article_id == one.article_id else "")
        if member.difference is not None:
            lines.append_text(_difference(member.difference))
    _say_more(lines, one.articles - len(one.members))


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def _say_more(lines: Text, number: int) -> None:
    if number > 0:
        lines.append(f"  … and {number} more: --limit\n", style="dim")


def _member(member: Member) -> str:
    words = [f"{member.seen_at:%Y-%m-%d %H:%M:%S}", member.article_id, WORDS.get(member.link, member.link)]
    if member.linked_to is not None:
        words.append(f"of {member.linked_to}{_alike(member)}")
    words.append(f"published {member.published}" if member.published else "no date")
    return plain("  ".join([*words, member.source_uri]))


def _alike(member: Member) -> str:
    if member.similarity is None:
        return ""
    is_share = member.link == "contained"  # there the similarity is how much of it the other holds
    return f", {member.similarity:.0%} of it" if is_share else f", similarity {member.similarity:.2f}"


def _difference(found: Difference) -> Text:
    lines = Text(
        f"      same source and a similarity of {found.threshold or 0:.1f} at least; sentences: {found.added} added,"
        f" {found.removed} removed, {found.changed} changed, {found.kept} kept\n",
        style="dim",
    )
    for change in found.changes:
        for sign, text in _sides(change.kind, change.before, change.after):
            lines.append(f"      {sign} {plain(text)}\n", style=STYLES[change.kind])
    if (more := found.added + found.removed + found.changed - len(found.changes)) > 0:
        lines.append(f"      … and {more} more changes\n", style="dim")
    return lines


def _sides(kind: str, before: str | None, after: str | None) -> Iterator[tuple[str, str]]:
    if before is not None:
        yield SIGNS["removed"] if kind == "removed" else SIGNS["changed"], before
    if after is not None:
        yield SIGNS["added"] if kind == "added" else "→", after


def _passage(passage: Passage) -> str:
    shares = [
        f"{share:.0%} of {whose}"
        for share, whose in ((passage.share, "this text"), (passage.their_share, "that"))
        if share is not None
    ]
    how = {"contains": "contains", "contained": "stands in"}.get(passage.method, "shares a passage with")
    return plain(f"{how} {passage.article_id}  ({', '.join(shares)})" if shares else f"{how} {passage.article_id}")
