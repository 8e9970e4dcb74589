"""Bars of buttons to pass an article on with, which name networks that the article says nothing of."""

from collections.abc import Sequence
from itertools import groupby

from services.extract.core.words import Word, word_set

_NETWORKS = word_set(
    """
    facebook twitter x google linkedin pinterest whatsapp reddit digg yahoo tumblr telegram messenger instagram mastodon
    bluesky threads viber skype flipboard pocket delicious stumbleupon viadeo vkontakte myspace identi youtube tiktok
    snapchat flattr buffer xing weibo
    """
)
_AROUND = word_set(
    """
    partager partagez cet article ce sur par via courriel email mail e imprimer envoyer lien copier le suivez nous plus
    ca share tweet print this on link copy follow us bookmark teilen auf drucken compartir imprimir en condividi stampa
    """
)
_FEWEST = 3  # networks in a row: two may be what a sentence is about


def in_share_bars(passages: Sequence[Sequence[Word]]) -> list[bool]:
    """Of each passage, given by its words, whether it is a bar of such buttons or a part of one."""
    bare = [_is_bare(words) for words in passages]
    told: list[bool] = []
    for is_bare, run in groupby(zip(bare, passages, strict=True), key=lambda each: each[0]):
        together = [words for _, words in run]
        networks = sum(word.key in _NETWORKS for words in together for word in words)
        told += [is_bare and networks >= _FEWEST] * len(together)
    return told


def _is_bare(words: Sequence[Word]) -> bool:
    return bool(words) and all(word.key in _NETWORKS or word.key in _AROUND for word in words)
