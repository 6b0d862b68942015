"""把 bench_plan 写出的曲线画成一张图（SVG）：横轴 CPU 秒（对数），纵轴代价（对数，加一）。

python -m tests.bench.plan_curve curve.csv docs/pictures/plan-curve.svg
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 380, 56, 170, 18, 40
COLOURS = ("#1D4E8F", "#A33B20", "#1F6B3A", "#6A2C91", "#8A6D00")
SECONDS = (0.05, 100.0)
COSTS = (1.0, 2000.0)

Line = list[tuple[float, float]]


def main() -> None:
    """Read the CSV (problem, seed, cpu_seconds, cost), write the picture."""
    source, target = map(Path, sys.argv[1:3])
    lines: dict[str, dict[str, Line]] = defaultdict(lambda: defaultdict(list))
    with source.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lines[row["problem"]][row["seed"]].append((float(row["cpu_seconds"]), float(row["cost"])))
    target.write_text(picture(lines), encoding="utf-8")


def across(seconds: float) -> float:
    """The x of a number of seconds."""
    low, high = map(math.log10, SECONDS)
    place = (math.log10(max(seconds, SECONDS[0])) - low) / (high - low)
    return LEFT + place * (WIDTH - LEFT - RIGHT)


def down(cost: float) -> float:
    """The y of a cost."""
    low, high = map(math.log10, COSTS)
    place = (math.log10(max(cost, COSTS[0])) - low) / (high - low)
    return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM)


def picture(lines: dict[str, dict[str, Line]]) -> str:
    """The whole drawing."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            'font-family="sans-serif" font-size="12">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#FFFFFF"/>',
    ]
    for seconds in (0.1, 1, 10, 100):
        x = across(seconds)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#E2E5EA"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 18}" text-anchor="middle">{seconds:g} 秒</text>')
    for cost in (1, 10, 100, 1000):
        y = down(cost)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#E2E5EA"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{cost}</text>')
    for number, (problem, seeds) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        for line in seeds.values():
            parts.append(f'<path d="{steps(line)}" fill="none" stroke="{colour}" stroke-width="1.4"/>')
        last = max((line[-1] for line in seeds.values()), key=lambda point: point[1])
        words = f"{problem}：{last[1]:.0f}"
        y = down(last[1]) + 4
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y:.1f}" fill="{colour}">{words}</text>')
    return "\n".join([*parts, "</svg>\n"])


def steps(line: Line) -> str:
    """The best cost so far, as a path that only falls."""
    path, best = "", math.inf
    for seconds, cost in line:
        if cost < best:
            before = f"H{across(seconds):.1f}" if path else f"M{across(seconds):.1f} {down(cost):.1f}"
            path += before + f"V{down(cost):.1f}"
            best = cost
    return f"{path}H{across(line[-1][0]):.1f}"


if __name__ == "__main__":
    main()
