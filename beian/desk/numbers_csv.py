"""The numbers of a period as a file for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any

from beian.desk.figures import BY_ID, FIGURES
from beian.desk.spreadsheet import plain_cell


def as_csv(counted: dict[str, Any]) -> str:
    """One line a day, one column a number; opens in spreadsheets (byte order mark, no formulas)."""
    names = list(counted["numbers"])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["日期", *(_column(name) for name in names)])
    for place, day in enumerate(counted["days"]):
        values = (counted["numbers"][name].by_day[place] for name in names)
        writer.writerow([day.isoformat(), *("" if value is None else value for value in values)])
    for title, of in (("合计", "value"), ("其中的个数（分母）", "of"), ("上一时段", "before")):
        values = (getattr(counted["numbers"][name], of) for name in names)
        writer.writerow([title, *("" if value is None else value for value in values)])
    writer.writerow([])
    writer.writerow(["钟点", "提问", "转人工"])
    for hour, counts in enumerate(
        zip(counted["hours"]["questions"], counted["hours"]["handoffs"], strict=True)
    ):
        writer.writerow([f"{hour:02d}:00", *counts])
    writer.writerow([])
    writer.writerow(["没答上的问题", "次数", "例子"])
    for theme in counted["themes"]:
        writer.writerow(
            [
                plain_cell(theme["title"]),
                theme["count"],
                plain_cell(theme["texts"][0] if theme["texts"] else ""),
            ]
        )
    writer.writerow([])
    writer.writerow(["事实", "有帮助", "没帮助"])
    for thumb in counted["thumbs"]:
        writer.writerow([plain_cell(thumb["title"]), thumb["up"], thumb["down"]])
    writer.writerow([])
    writer.writerow(["数字", "怎么算"])
    for figure in FIGURES:
        writer.writerow([figure.name, figure.about])
    return "\ufeff" + text.getvalue()


def _column(name: str) -> str:
    figure = BY_ID[name]
    return f"{figure.name}（秒）" if figure.kind == "seconds" else figure.name
