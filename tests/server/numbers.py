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
