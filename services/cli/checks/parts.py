"""What an article names, says and shares has rows of its own: as many as what was announced of it."""

from services.cli.checks.found import Check, Patience, notes
from services.store.comparing import Comparing
from services.store.rows import announced_rows

OTHERS = "articles have other rows in {} than what was announced of them"


def compare(comparing: Comparing, found: Check, *, patience: Patience) -> None:
    """Hold the rows of every article against its announcement; one that nobody can read is named elsewhere."""
    articles, last = 0, ""
    with notes() as missing:
        for page in comparing.parted():
            if articles and patience.is_over():
                found.unseen.append(
                    f"the rows of the articles that were kept after {last}, the {articles}. of them: "
                    f"{patience.seconds:g} s were over (see --within)"
                )
                break
            for one in page:
                for table, number in (announced_rows(one.enriched) or one.rows).items():
                    if one.rows[table] != number:
                        missing.miss(OTHERS.format(table), f"{one.article_id} ({one.rows[table]} of {number})")
            articles, last = articles + len(page), page[-1].article_id
        found.findings += missing.findings()
    found.looked_at.append(
        f"the rows of {articles} articles in mentions, quotations, places and shared_passages: that they are as many "
        "as was announced, not what they say"
    )
