"""Draws bars: one for each of those that were measured, on a scale of powers of ten."""

from collections.abc import Mapping
from html import escape
from math import log10

_WIDTH, _NAMES, _FIGURES, _ROW, _TOP = 760, 200, 90, 26, 56
_OURS, _OTHERS, _INK, _FAINT = "#b3261e", "#8a9ba8", "#222", "#ddd"


def bars(title: str, unit: str, values: Mapping[str, float], ours: str = "ours") -> str:
    """Draw *values* as a picture in SVG; those whose name begins with *ours* stand out.

    Ten times as much is one step to the right, since they lie a hundredfold apart.
    """
    lowest = min(10 ** int(log10(value) - 1) for value in values.values())
    steps = log10(max(values.values()) / lowest)
    room = _WIDTH - _NAMES - _FIGURES
    height = _TOP + _ROW * len(values) + 12
    rows = [
        _bar(
            name,
            f"{value:,.2f} {unit}",
            _TOP + _ROW * at,
            room * log10(value / lowest) / steps,
            _OURS if name.startswith(ours) else _OTHERS,
        )
        for at, (name, value) in enumerate(values.items())
    ]
    lines = [
        f'<line x1="{_NAMES + room * step / steps:.1f}" y1="{_TOP - 8}" '
        f'x2="{_NAMES + room * step / steps:.1f}" y2="{height - 12}" '
        f'stroke="{_FAINT}"/>'
        for step in range(int(steps) + 1)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'font-family="sans-serif" font-size="13" fill="{_INK}">',
            '<rect width="100%" height="100%" fill="white"/>',
            f'<text x="12" y="26" font-size="16">{escape(title)}</text>',
            *lines,
            *rows,
            "</svg>\n",
        ]
    )


def _bar(name: str, figure: str, top: float, width: float, colour: str) -> str:
    return (
        f'<text x="12" y="{top + 14}">{escape(name)}</text>'
        f'<rect x="{_NAMES}" y="{top}" width="{width:.1f}" height="18" '
        f'fill="{colour}"/>'
        f'<text x="{_NAMES + width + 6:.1f}" y="{top + 14}">{escape(figure)}</text>'
    )
