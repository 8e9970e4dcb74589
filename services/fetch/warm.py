"""Imported by the server that fetch's children are forked from, and nowhere else: what they share is loaded here."""

from services.chassis.warming import going_with_the_service

with going_with_the_service():
    from services.fetch import reader
    from services.fetch.feeds import reader as feeds

    reader.load()
    feeds.load()
