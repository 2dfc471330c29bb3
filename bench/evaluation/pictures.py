"""The pictures of docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from bench.evaluation.systems import TITLES

_FONTS = [
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "DejaVu Sans",
]
BLUE, ORANGE, GREY = "#2364aa", "#e07a1f", "#8a8f98"
_DPI = 90


@contextmanager
def _picture(file: Path, width: float, height: float, columns: int = 1) -> Iterator[Any]:
    settings = {
        "font.family": "sans-serif",
        "font.sans-serif": _FONTS,
        "axes.unicode_minus": False,
        "font.size": 10,
    }
    with plt.rc_context(settings):
        figure, axes = plt.subplots(1, columns, figsize=(width, height), squeeze=False)
        for axis in axes[0]:
            axis.spines[["top", "right"]].set_visible(False)
        yield axes[0]
        figure.tight_layout()
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, dpi=_DPI, metadata={"Software": ""})
        plt.close(figure)


def reliability(file: Path, panels: dict[str, dict[str, Any]]) -> None:
    """Confidence against truth; `panels`: title → {"ece", "bins"}."""
    with _picture(file, 4.6 * len(panels), 4.2, len(panels)) as axes:
        for axis, (title, panel) in zip(axes, panels.items(), strict=True):
            _reliability_panel(axis, title, panel)


def _reliability_panel(axis: Axes, title: str, panel: dict[str, Any]) -> None:
    total = sum(entry["count"] for entry in panel["bins"])
    axis.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1)
    places = [entry["confidence"] for entry in panel["bins"]]
    axis.bar(
        places,
        [entry["count"] / total for entry in panel["bins"]],
        width=0.05,
        color=GREY,
        alpha=0.35,
        label="占全部的比例",
    )
    axis.plot(places, [entry["right"] for entry in panel["bins"]], color=BLUE, marker="o", label="实际答对率")
    axis.set(xlim=(0, 1.03), ylim=(0, 1.03), xlabel="置信度", title=f"{title}（ECE {panel['ece']:.3f}）")
    axis.legend(loc="upper left", frameon=False)


def learning(file: Path, points: list[dict[str, float]]) -> None:
    """Accuracy against the number of training messages."""
    with _picture(file, 6.2, 3.8) as axes:
        counts = [point["messages"] for point in points]
        for key, title, color in (
            ("kind", "类别", GREY),
            ("forced", "事实", BLUE),
            ("label", "标签", ORANGE),
        ):
            values = [point[key] * 100 for point in points]
            axes[0].plot(counts, values, marker="o", color=color, label=title)
        axes[0].set(xlabel="训练语料（句）", ylabel="正确率 %", title="学习曲线")
        axes[0].set_xlim(0, max(counts) * 1.05)
        axes[0].grid(axis="y", alpha=0.3)
        axes[0].legend(frameon=False)


def confusion(file: Path, confused: list[list[Any]]) -> None:
    """The pairs of labels most often taken for each other."""
    with _picture(file, 9.5, 0.29 * len(confused) + 1) as axes:
        names = [f"{wanted} → {got}" for wanted, got, _ in confused][::-1]
        counts = [count for _, _, count in confused][::-1]
        axes[0].barh(names, counts, color=BLUE, height=0.65)
        for place, count in enumerate(counts):
            axes[0].text(count, place, f" {count}", va="center", fontsize=9)
        axes[0].set(xlabel="句数（交叉验证）", title="最常混淆的标签：应为 → 判为")
        axes[0].tick_params(axis="y", labelsize=9)


def latency(file: Path, milliseconds: dict[str, list[float]]) -> None:
    """Share of messages understood within a time, for each system."""
    colors = {"ours": BLUE, "stock": ORANGE}
    with _picture(file, 6.2, 3.8) as axes:
        for system, values in milliseconds.items():
            ordered = [max(value, 0.05) for value in sorted(values)]
            shares = [(place + 1) / len(ordered) * 100 for place in range(len(ordered))]
            style: dict[str, Any] = (
                {"color": colors[system]} if system in colors else {"linewidth": 1, "alpha": 0.7}
            )
            axes[0].plot(ordered, shares, label=TITLES[system], **style)
        axes[0].set(
            xscale="log",
            xlabel="每条消息的理解时间（毫秒，对数）",
            ylabel="在此时间内完成的消息 %",
            title="理解时间",
        )
        axes[0].grid(alpha=0.3)
        axes[0].legend(frameon=False, fontsize=9)
