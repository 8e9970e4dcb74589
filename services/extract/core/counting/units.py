"""Units and currencies by their symbols: data for reading quantities."""

from types import MappingProxyType
from urllib.parse import urlsplit

from services.extract.core.counting.currencies import SIGN, codes
from services.extract.core.grammar import word_set

# SI and UCUM (t, km, h, d, wk, mo, a; of what UCUM puts in brackets the symbol in use: mi, in, lb), % and ISO 4217.
_UNIT_WORDS = {
    "t": "tonne tonnes tons ton tonnen tonelada toneladas tonnellata tonnellate طن طنا أطنان",
    "kg": "kg kilo kilos kilogramme kilogrammes kilograms kilogramos chilo chili kilogramm chilogrammi "
    "كيلوغرام كيلوغراما",
    "g": "gramme grammes grams gramm gramos grammi",
    "lb": "lb lbs",
    "oz": "oz ounce ounces",
    "km": "km kilomètre kilomètres kilometre kilometres kilometer kilometers "
    "kilómetro kilómetros chilometro chilometri kilometern كيلومترا كيلومتر كيلومترات",
    "m": "mètre mètres metre metres meter meters metro metros metri metern أمتار",
    "cm": "cm centimètre centimètres centimetre centimetres centimeter centimeters zentimeter zentimetern centímetro "
    "centímetros centimetri",
    "mm": "mm millimètres millimetres millimeters millimeter millimetern milímetros millimetri",
    "mi": "mile miles",
    "in": "inch inches pouce pouces zoll pulgada pulgadas pollici",
    "ft": "feet ft",
    "ha": "hectare hectares hektar ha hectárea hectáreas ettari هكتار هكتارا",
    "m2": "m2 m² quadratmeter quadratmetern",
    "m3": "m3 m³ kubikmeter kubikmetern",
    "km2": "km2 km² quadratkilometer quadratkilometern",
    "l": "litre litres liter liters litro litros litri litern لتر لترا",
    "bbl": "baril barils barrel barrels",
    "km/h": "km/h kph",
    "mph": "mph",
    "W": "watt watts",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw mégawatt mégawatts megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "kWh": "kwh kilowattheure kilowattheures",
    "MWh": "mwh mégawattheure mégawattheures",
    "GWh": "gwh",
    "TWh": "twh térawattheure térawattheures",
    "kt": "kilotonne kilotonnes kiloton kilotons",
    "Cel": "celsius",
    "%": "% pourcent percent prozent pct",
    "s": "seconde secondes second seconds sekunden segundos secondi",
    "min": "minute minutes minuten minutos minuti",
    "h": "heure heures hour hours stunde stunden hora horas ore",
    "d": "jour jours day days tag tage tagen día días giorno giorni dia dias dag dagen",
    "wk": "semaine semaines week weeks woche wochen semana semanas settimana settimane weken",
    "mo": "mois month months monat monate monaten mes meses mese mesi mês maand maanden",
    "a": "an ans année années year years jahr jahre jahren año años anno anni ano anos jaar",
    "EUR": "€ euro euros eur يورو",
    "USD": "$ dollar dollars us-dollar us-dollars usd dlr dlrs dólar dólares dollari دولار دولارا",
    "GBP": "£ sterling gbp stg",
    "RUB": "₽ rouble roubles ruble rubles rublos rubli rub",
    "CHF": "chf franken",
    "JPY": "yen yens ¥",
    "CNY": "yuan yuans",
    "TRY": "₺",
    "SAR": "riyals riyal",
    "ZAR": "rand rands",
    "BRL": "réal réals réaux reais",
    "INR": "₹",
    "UAH": "₴ hryvnia hryvnias",
    "ILS": "₪ shekel shekels shekalim",
    "KRW": "₩",
    "PLN": "zloty zlotys złoty",
    "XOF": "fcfa",  # or XAF, where that is the country's
    "NGN": "₦ naira nairas",
}
UNITS = MappingProxyType({word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()})
PERCENTS = frozenset(("pct", "percent", "per", "pour", "%"))  # one of a hundred is no article
CURRENCY_SIGNS = frozenset("$€£¥₺₽₹₴₪₩₦") | {SIGN + code.lower() for code in codes()}
# What is written against a dollar sign and says whose dollar it is.
DOLLARS = MappingProxyType(
    {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nz": "NZD", "s": "SGD", "r": "BRL"}
)
# Whose money a bare sign is in the papers of a country, by the end of their hosts' names.
_DOLLAR_AT = MappingProxyType(
    {"ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "hk": "HKD", "mx": "MXN", "ar": "ARS", "cl": "CLP"}
)
LENGTHS = frozenset(("km", "m", "mi"))
TIMES = frozenset(("h", "d", "wk", "mo", "a", "min", "s"))
_PHRASES = {
    "%": "pour cent, per cent, por ciento, per cento, في المئة, في المائة",
    "km2": "كيلومتر مربع, كيلومترا مربعا, chilometri quadrati, "
    "square kilometres, square kilometers, kilomètres carrés, km carrés, kilómetros cuadrados",
    "m2": "square metres, square meters, mètres carrés, metros cuadrados, metri quadrati",
    "m3": "cubic metres, cubic meters, mètres cubes, metros cúbicos, metri cubi, متر مكعب, مترا مكعبا, أمتار مكعبة",
    "km/h": "km / h, kilomètres heure, kilometres per hour, kilometers per hour",
    "mph": "miles per hour",
    "Cel": "° c, degrés celsius, degrees celsius, grad celsius, grados celsius, gradi celsius",
    "AUD": "australian dollars, dollars australiens",
    "CAD": "canadian dollars, dollars canadiens",
    "USD": "us dollars, dollars américains",
    "GBP": "pounds sterling, livres sterling",
    "CHF": "swiss francs, francs suisses, schweizer franken",
    "XOF": "francs cfa",
    "TRY": "turkish lira, turkish liras, livres turques",
}
UNIT_PHRASES = tuple(
    (tuple(phrase.split()), unit) for unit, phrases in _PHRASES.items() for phrase in phrases.split(", ")
)
# With a hyphen after their number, in English: a 40-mile convoy, a five-year plan.
HYPHENED = MappingProxyType(
    {
        word: UNITS[word]
        for word in word_set(
            "inch mile year day hour month week minute second ton tonne metre meter "
            "kilometre kilometer km kg percent litre liter barrel"
        )
    }
    | {"foot": "ft", "pound": "lb"}
)


def of_sign(sign: str) -> str:
    """The currency of a sign, or of a code that is used as one."""
    return sign[len(SIGN) :].upper() if sign.startswith(SIGN) else UNITS[sign]


def dollar_at(url: str | None) -> str:
    """The money that a bare $ is on a page with this address; the American one where that tells no other."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    return _DOLLAR_AT.get(host.rpartition(".")[2], "USD")
