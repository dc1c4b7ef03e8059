"""Folding of Chinese text, so that the same words compare equal however a disclosure or a user prints them."""

from __future__ import annotations

import re
import unicodedata

# NFKC leaves the CJK Radicals Supplement alone; PDF producers use its glyphs for whole characters (DOMAIN.md §12).
_RADICALS = str.maketrans(
    {
        "⺀": "冫", "⺁": "厂", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺈": "刀", "⺉": "刂", "⺊": "卜", "⺌": "小", "⺍": "小",
        "⺏": "兀", "⺐": "尢", "⺓": "幺", "⺔": "彐", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡",
        "⺜": "日", "⺝": "月", "⺞": "歹", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "水", "⺣": "灬", "⺤": "爪", "⺥": "爪",
        "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "罒", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糸",
        "⺱": "网", "⺲": "罒", "⺳": "网", "⺴": "网", "⺵": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺹": "耂", "⺻": "聿",
        "⺼": "月", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见",
        "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝",
        "⻐": "钅", "⻑": "长", "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦",
        "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "飠", "⻠": "饣", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
        "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "齐", "⻬": "齐", "⻭": "齿", "⻮": "齿", "⻰": "龙",
        "⻱": "龟", "⻲": "龟", "⻳": "龟",
    }
)  # fmt: skip
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"'})
_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_KEPT = "（），。；：！？、“”‘’《》"
_CLEAN = re.compile(rf"[!-~一-鿿{_KEPT}]*")  # most text: these characters are as they should be
_FOLDING = {**_RADICALS, **_QUOTES, **_INVISIBLE}
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLDING))}]")  # few texts hold any: to look for them costs less than to translate all
_NOT_WORD = re.compile(r"[\s〔〕・•―\"'()\[\]<>《》〈〉【】、,。.;:!?·—\-_/\\|…~*#]+")


def clean(text: str) -> str:
    """Text as a reader sees it: NFKC but full-width Chinese punctuation kept, radicals folded, white space single."""
    if _CLEAN.fullmatch(text):
        return text
    kept = "".join(ch if ch in _KEPT else unicodedata.normalize("NFKC", ch) for ch in text)
    return _SPACES.sub(" ", kept.translate(_INVISIBLE).translate(_RADICALS)).strip()


def fold(text: str) -> str:
    """Text for comparison: NFKC, radicals, quotes and case folded, all white space gone."""
    folded = unicodedata.normalize("NFKC", text)
    if _FOLDED.search(folded):
        folded = folded.translate(_FOLDING)
    return "".join(folded.split()).lower()


def bare(text: str) -> str:
    """A label's bare words: folded, punctuation gone. 一、"三公"经费 → 一三公经费."""
    return _NOT_WORD.sub("", fold(text))


def is_everyday(char: str) -> bool:
    """Whether a character is of everyday use, that is, in GB 2312."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_ORDINAL = re.compile(
    r"^(?:其中[:：]?)?(?:(?:[(（]?(?:[一二三四五六七八九十]{1,4}|\d{1,2})[)）]|(?:[一二三四五六七八九十]{1,4}|\d{1,2})\s*[、.．,，](?!\d)|[①-⑳]|[⑴-⒇]|"
    r"第[一二三四五六七八九十]+[部章节]分?)\s*)+(?:其中[:：]?)?"
)
_AMONG = re.compile(r"^(?:其中|减|加)[:：]")


def strip_ordinal(label: str) -> str:
    """A row label without its ordinal: 一、科学技术支出 → 科学技术支出, 其中：（1）公务用车购置 → 公务用车购置."""
    text = label.strip()
    return _AMONG.sub("", _ORDINAL.sub("", text)).strip() or text
