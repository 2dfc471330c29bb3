"""Made-up numbers of every kind that has to be masked; the check digits are right."""

PLANTED = {
    "ID_NUMBER": ["11010519491231002X", "440524188001010014", "110105491231002"],
    "CREDIT_CODE": ["91110000600037341L", "91310115591693856A"],
    "MOBILE": ["13800138000", "19912345678", "+8613912345678"],
    "LANDLINE": ["010-62345678", "0571-85022088", "02162345678"],
    "EMAIL": ["zhang.san@example.com", "a_b-c+d@mail.example.com.cn"],
    "BANK_CARD": ["6222021234567890128", "4111111111111111"],
}


def full_width(text: str) -> str:
    """The same in full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spaced(text: str) -> str:
    """The same in groups of four."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def traces(text: str) -> list[str]:
    """What must not be found anywhere: the number as it was written and its bare form."""
    bare = "".join(char for char in text if char.isalnum() or char in "@._+-")
    return sorted({text, bare}, key=len)


def in_fours(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]


# Signs that nobody sees, and what people put between digits.
INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2069"
    "\ufe0f\x00\x7f\u061c\u180e\u3164\u0301"
)
SEPARATORS = [
    *(
        " ",
        "\t",
        "\u00a0",
        "\u2003",
        "\u3000",
        "-",
        "‐",
        "–",
        "—",
        "−",
        "－",
        ".",
        "·",
        "・",
        "．",
        ",",
        "，",
        "_",
    ),
    *(
        "/",
        "\\",
        "\n",
        "\r\n",
        "\u2028",
        "、",
        "*",
        "＊",
        "+",
        "|",
        "｜",
        "~",
        "～",
        ":",
        "：",
        ";",
        "=",
        "#",
    ),
    *("、 ", " / ", "    ", "-----", " - - - ", ")(", "][", "】【", "） （", "…", "→", "😀"),
]
STYLES = {
    "full width": "０１２３４５６７８９",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "monospace": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "black circled": "⓿❶❷❸❹❺❻❼❽❾",
    "raised": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "lowered": "₀₁₂₃₄₅₆₇₈₉",
    "in brackets": "⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "with a full stop": "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
    "keycaps": [f"{digit}\ufe0f\u20e3" for digit in "0123456789"],
}


def styled(text: str, style: str) -> str:
    """The same with its digits in another style."""
    return "".join(STYLES[style][int(char)] if char.isascii() and char.isdigit() else char for char in text)
