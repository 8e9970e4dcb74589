"""What an article may have become when it comes again: cut, embedded, its sentences replaced, its words edited."""

import random
import re
import unicodedata


def words_of(text: str) -> list[str]:
    """Words as an outsider would take them: regular expression, accents off."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return re.findall(r"\w+", bare)


def in_host(text: str, others: str, times: int) -> str:
    """The text between words of others, `times` as many as its own."""
    words = others.split(" ")[: times * len(text.split(" "))]
    return " ".join([*words[: len(words) // 2], text, *words[len(words) // 2 :]])


def most(text: str) -> str:
    """Its first three fifths."""
    return text[: len(text) * 6 // 10]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?؟。])\s+|\n+", text)


def replaced(text: str, donor: str, share: float, chance: random.Random) -> str:
    """The text with sentences of the donor for a share of its own."""
    sentences, others = _sentences(text), _sentences(donor)
    for place in chance.sample(range(len(sentences)), round(share * len(sentences))):
        sentences[place] = chance.choice(others)
    return " ".join(sentences)


def reworded(text: str, donor: str, share: float, chance: random.Random) -> str:
    """The text with sentences of the donor for some of its own, until one more would be over the share.

    Counted in words, of the text as it was and as it is: a fifth of the *sentences* may be half of a text.
    """
    sentences, others = _sentences(text), _sentences(donor)
    words, out, into = len(words_of(text)), 0, 0
    for place in chance.sample(range(len(sentences)), len(sentences)):
        new = chance.choice(others)
        gone, come = out + len(words_of(sentences[place])), into + len(words_of(new))
        if gone <= share * words and come <= share * (words - gone + come):
            sentences[place], out, into = new, gone, come
    return " ".join(sentences)


def edited(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its words written otherwise."""
    return " ".join(f"{word}x" if chance.random() < share else word for word in text.split(" "))
