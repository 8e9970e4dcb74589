"""Whose money an amount is: that of a bare $ on a page, and of pounds and pesos in the country an article is about."""

from contracts.extraction import Quantity
from services.extract.core.counting.currencies import is_tender, money_of


def in_money(one: Quantity, dollar: str, country: str | None, language: str) -> Quantity:
    """The quantity, with its unit where a bare sign or noun is a page's or a country's money: $5, 1,500 pounds."""
    if one.unit == "USD" and one.surface.startswith("$"):  # neither US$5 nor 5 dollars
        return one.model_copy(update={"unit": dollar})
    if one.unit == "XOF" and is_tender("XAF", country):  # both are francs CFA
        return one.model_copy(update={"unit": "XAF"})
    noun = one.counts if one.unit is None and one.counts and one.counts.isalpha() else None
    money = money_of(country, noun, language) if noun else None
    return one.model_copy(update={"unit": money, "counts": None}) if money else one
