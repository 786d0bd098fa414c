"""The languages that captions can be asked for in, and which of some a person means."""

from collections.abc import Iterable

LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fil": "Filipino",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ms": "Malay",
    "nb": "Norwegian Bokmål",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "pt-BR": "Brazilian Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Simplified Chinese",
    "zh-TW": "Traditional Chinese as written in Taiwan",
}
"""Codes by BCP 47, and the names that models know them by."""

_MEANT = {
    "zh-hans": "zh",
    "zh-hant": "zh-tw",
    "zh-hk": "zh-tw",
    "zh-mo": "zh-tw",
    "yue": "zh-tw",
    "yue-hans": "zh",
    "yue-cn": "zh",
    "cmn": "zh",
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
}
"""Tags that cutting off their ends would lead astray, or nowhere: Chinese by the scripts that
CLDR's likely subtags give (zh-HK is zh-Hant-HK), and CLDR's aliases of languages."""

LONGEST = 35
"""Characters of a tag that are looked at: RFC 5646, 4.4.1 holds the longest well-formed one to
these, but for private use."""


def lookup(tag: str, available: Iterable[str]) -> str | None:
    """Of the languages that there are, the one that a tag means (RFC 4647, 3.4).

    Args:
        tag: A language tag by BCP 47, e.g. `de-CH` or `zh-Hant-HK`.
        available: The tags to choose from.

    Returns:
        The tag as `available` has it, None where none fits.
    """
    known = {name.lower(): name for name in available}
    subtags = tag.strip().lower()[:LONGEST].split("-")
    while subtags:
        asked = "-".join(subtags)
        found = known.get(asked) or known.get(_MEANT.get(asked, ""))
        if found:
            return found
        subtags.pop()
        if subtags and len(subtags[-1]) == 1:  # which only introduces what came after it
            subtags.pop()
    return None
