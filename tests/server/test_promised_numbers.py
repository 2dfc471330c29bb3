"""Generated numbers in generated writings: none that docs/security.md promises to find is left."""

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from beian.masking import mask
from beian.masking.signs import see
from tests.fuzz import examples
from tests.masking.numbers import INVISIBLE, STYLES, in_fours, styled

USUAL = " \t\u00a0\u3000-‐–—−－.·・．,，_/"
UNUSUAL = [
    "、",
    "*",
    "+",
    "|",
    "~",
    ":",
    ";",
    "=",
    "#",
    "\\",
    "(",
    ")(",
    "】【",
    "→",
    "…",
    "😀",
    "\n",
    "\r\n",
]
UNUSUAL += ["    ", "-----", " - - - ", '"', "<", "&", "！", "。", "〈〉", "~~~~~~~~~~~~"]
BESIDE = [
    "{}",
    "我的{}，要改",
    "电话{}谢谢",
    "a{}b",
    "ID{}",
    "{}，3月办的",
    "3. {}",
    "{}\n2. 好",
    "（{}）",
    "第2个 {}",
    "x:{}",
]
PROVINCES = [
    "11",
    "12",
    "13",
    "15",
    "21",
    "23",
    "31",
    "37",
    "41",
    "44",
    "46",
    "50",
    "54",
    "61",
    "65",
    "71",
    "82",
]
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MOST_LEFT = 4
"""A shorter piece of a number tells nobody which it was."""


class Writer:
    """Draws numbers and writings. A seed for each of many: to have each drawn by itself takes far longer."""

    def __init__(self, seed):
        self.draw = random.Random(seed)

    def digits(self, count):
        return "".join(self.draw.choices("0123456789", k=count))

    def resident_id(self):
        born = dt.date(1850, 1, 1) + dt.timedelta(days=self.draw.randrange(91_000))
        begun = self.draw.choice(PROVINCES) + self.digits(4) + born.strftime("%Y%m%d") + self.digits(3)
        return begun + ric.calc_check_digit(begun + "0")

    def credit_code(self):
        begun = self.draw.choice("159NY") + self.draw.choice("1239") + self.draw.choice(PROVINCES)
        begun += self.digits(4) + "".join(self.draw.choices(LETTERS, k=9))
        return begun + uscc.calc_check_digit(begun + "0")

    def bank_card(self):
        begun = self.draw.choice(["62", "4", "51", "35", "37", "22", "95"])
        begun += self.digits(self.draw.randint(14, 18) - len(begun))
        return begun + luhn.calc_check_digit(begun)

    def mobile(self):
        return "1" + self.draw.choice("3456789") + self.digits(9)

    def landline(self):
        return self.draw.choice(["010", "021", "0571", "0991"]) + self.draw.choice("2468") + self.digits(7)

    def groups(self, number, has_check_digit):
        """Groups that are found whatever usual sign stands between: see docs/security.md."""
        least, most = (1, 8) if has_check_digit else (3, 5)
        parts = []
        while number:
            size = self.draw.randint(least, most)
            # What is left must not be shorter than a group may be.
            size = size if len(number) - size >= least else len(number)
            parts.append(number[:size])
            number = number[size:]
        return parts

    def between(self):
        usual = self.draw.choice(USUAL) * self.draw.randint(1, 3)
        return usual if self.draw.random() < 0.5 else self.draw.choice(UNUSUAL)

    def text(self):
        """A number in a writing, in a sentence; and the sentence."""
        kind = self.draw.choice(KINDS)
        number, beside = kind(self), self.draw.choice(BESIDE)
        style = self.draw.choice([None, None, *STYLES])
        way = self.draw.choice(["whole", "hidden", "digits", "fours", "groups"])
        if way == "hidden":
            # What nobody sees stands between, and the digits are of any style each.
            sign = "".join(self.draw.choices(INVISIBLE, k=self.draw.randint(0, 30)))
            parts = [styled(char, self.draw.choice(list(STYLES))) for char in number]
        elif way == "groups":
            sign = self.draw.choice(USUAL) * self.draw.randint(1, 3)
            parts = self.groups(number, kind in (Writer.resident_id, Writer.credit_code))
        else:
            sign = self.between()
            parts = {"whole": [number], "digits": list(number), "fours": in_fours(number)}[way]
        if way != "hidden" and style:
            parts = [styled(part, style) for part in parts]
        return beside.format(sign.join(parts)), beside.format("")


KINDS = [Writer.resident_id, Writer.credit_code, Writer.bank_card, Writer.mobile, Writer.landline]


def count_digits(text):
    return sum(char.isdigit() for char in see(text).flat)


@settings(max_examples=examples(60))
@given(st.integers(0, 2**64 - 1))
def test_no_promised_writing_is_missed(seed):
    """3,000 numbers; `make fuzz EXAMPLES=20000` draws a million."""
    writer = Writer(seed)
    for _ in range(50):
        text, sentence = writer.text()
        masked = mask(text)
        assert "〔" in masked, text
        assert count_digits(masked) <= count_digits(sentence) + MOST_LEFT, (text, masked)
