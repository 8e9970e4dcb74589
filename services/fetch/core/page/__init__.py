"""A page's article: its own prose among menus, teasers, share bars and banners, what it claims, and what it is."""

from services.fetch.core.page.reading import Page, read_page

__all__ = ["Page", "read_page"]
