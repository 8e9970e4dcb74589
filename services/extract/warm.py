"""Imported by the server that extract's children are forked from, and nowhere else: what they share is loaded here."""

from services.chassis.warming import going_with_the_service

with going_with_the_service():
    from services.extract import reader

    reader.load()
