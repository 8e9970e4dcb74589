"""The way to a page is barred: raised where nothing can be returned, from below the HTTP library."""

from services.fetch.core.web.answer import Refused


class Barred(Exception):
    """`refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.detail)
        self.refused = refused
