"""What a figure is multiplied by in languages whose number words are not known: else 12 thousand would be twelve."""

from collections.abc import Mapping
from types import MappingProxyType

# Thousand, million and thousand millions, in their forms.
_WORDS = {
    "ru": ("тысяча тысячи тысяч тыс", "миллион миллиона миллионов млн", "миллиард миллиарда миллиардов млрд"),
    "uk": ("тисяча тисячі тисяч тис", "мільйон мільйона мільйонів млн", "мільярд мільярда мільярдів млрд"),
    "bg": ("хиляда хиляди хил", "милион милиона милиони млн", "милиард милиарда милиарди млрд"),
    "pl": ("tysiąc tysiące tysięcy tys", "milion miliony milionów mln", "miliard miliardy miliardów mld"),
    "cs": ("tisíc tisíce tis", "milion miliony milionů milionu mil", "miliarda miliardy miliard mld"),
    "sl": ("tisoč", "milijon milijona milijone milijonov mio", "milijarda milijardi milijarde milijard mrd"),
    "pt": ("mil", "milhão milhões", "bilhão bilhões bilião"),
    "nl": ("duizend", "miljoen mln", "miljard mld"),
    "sv": ("tusen", "miljon miljoner mn", "miljard miljarder mdr"),
    "da": ("tusind tusinde", "million millioner mio", "milliard milliarder mia"),
}
MULTIPLIERS_ELSEWHERE: Mapping[str, dict[str, int]] = MappingProxyType(
    {
        language: {word: 10**power for power, group in zip((3, 6, 9), groups, strict=True) for word in group.split()}
        for language, groups in _WORDS.items()
    }
)
