"""A page's article: its own prose among menus, teasers, share bars and banners, and what kind of page it is."""
