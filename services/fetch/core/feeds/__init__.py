"""Feeds and sitemaps: what they announce, what of it is new, and when to ask again.

The parsers come with `parsing` and `announced`, which only the child processes import.
"""

from services.fetch.core.feeds.entry import Entry, Feed, NotAFeed, Sitemap

__all__ = ["Entry", "Feed", "NotAFeed", "Sitemap"]
