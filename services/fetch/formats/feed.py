"""Feeds as files: RSS of all ages, RDF, Atom and CDF, however ill-formed; read as those are that are followed."""

from services.fetch.formats.entry import read_feed as read

__all__ = ["read"]
