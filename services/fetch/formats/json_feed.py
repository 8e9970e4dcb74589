"""JSON Feeds as files (jsonfeed.org, versions 1 and 1.1); read as those are that are followed."""

from services.fetch.formats.entry import read_feed as read

__all__ = ["read"]
