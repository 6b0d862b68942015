"""文字进门时的一次归一：NFC，去掉控制字符、双向控制符与残缺的代理对；引号与大小的写法。"""

from __future__ import annotations

import re
import unicodedata

_REMOVED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONGEST_TEXT = 20_000
"""Characters that one field may hold."""
LONGEST_LINE = 500
"""Characters that a field of one line (a title, a name, a place) may hold."""


def clean_text(text: str) -> str:
    """``text`` as it is stored: NFC, LF line ends, without control, bidi and broken characters.

    >>> clean_text("e\\u0301\\u202e\\r\\n\\x00")
    'é\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    kept = _REMOVED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", kept)


_SINGLE = str.maketrans("“”", "‘’")
_ALTERNATE = str.maketrans("“”‘’", "‘’“”")


def quoted(text: str) -> str:
    """``text`` in Chinese quotation marks; marks within alternate, an apostrophe stays.

    >>> quoted("“五五购物节”解读"), quoted("“走进‘两区’”宣讲")
    ('“‘五五购物节’解读”', '“‘走进“两区”’宣讲”')
    """
    return f"“{text.translate(_ALTERNATE if text.count('‘') == text.count('’') else _SINGLE)}”"


def titled(text: str) -> str:
    """``text`` in book title marks; marks within become single ones.

    >>> titled("关于印发《办法》的通知")
    '《关于印发〈办法〉的通知》'
    """
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"


def size_words(size: int) -> str:
    """A number of bytes for people.

    >>> size_words(12), size_words(655_360), size_words(1_500_000)
    ('12 字节', '640 KB', '1.4 MB')
    """
    if size < 1 << 10:
        return f"{size} 字节"
    if size < 1 << 20:
        return f"{size >> 10} KB"
    return f"{size / (1 << 20):.1f} MB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GB"
