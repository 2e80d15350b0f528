"""The title of an edition as outlines, src/TAG/card.svg, for the picture that a link to the edition is shown with.

    pip install fonttools uharfbuzz
    python3 ci/card.py TAG FONT [FACE]

FONT is a bold font of the edition's script, FACE the number of a face in a collection (.ttc). The build draws the picture
from the outlines, so it needs no font. The cards that are here were made with Noto Sans Bold (en, ru), Noto Sans CJK Bold
(zh-CN: face 2, ko: face 1) and Vazirmatn Bold (fa).
"""

import re
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from xml.sax.saxutils import escape

import uharfbuzz as hb
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

SIZE, LINE = 88, 124  # of the letters, and from one line to the next
LEFT, RIGHT, BOTTOM = 90, 1110, 540  # the edges of the text, in a picture of 1200 × 630

tag, path, *face = sys.argv[1:]
folder = Path(__file__).parent.parent / "src" / tag
language = tomllib.loads((folder / "language.toml").read_text())
title, rtl = language["title"], language["direction"] == "rtl"
font = hb.Font(hb.Face(hb.Blob.from_file_path(path), int(face[0]) if face else 0))
scale = SIZE / font.face.upem


def shape(line):
    """The glyphs of a line as (glyph, x, y), from 0 to its width. Latin words keep their order in a line from right to left."""
    glyphs, x = [], 0
    runs = re.findall(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*|[^A-Za-z0-9]+", line)
    for run in reversed(runs) if rtl else runs:
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        if rtl and not run.isascii():
            buffer.direction = "rtl"
        buffer.language = tag
        hb.shape(font, buffer)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions):
            glyphs.append((info.codepoint, x + at.x_offset, at.y_offset))
            x += at.x_advance
    if x * scale > RIGHT - LEFT:
        return None
    return glyphs, x * scale


def lines():
    """The title in as few lines as it fits in, as even as they can be."""
    words = title.split(" ")
    for breaks in range(len(words)):
        fitting = []
        for places in combinations(range(1, len(words)), breaks):
            ends = [0, *places, len(words)]
            shaped = [shape(" ".join(words[a:b])) for a, b in zip(ends, ends[1:])]
            if None not in shaped:
                fitting.append(shaped)
        if fitting:
            return min(fitting, key=lambda shaped: max(width for _, width in shaped))
    sys.exit(f"a word of `{title}` is wider than the picture")


pen = SVGPathPen(None, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
shaped = lines()
for number, (glyphs, width) in enumerate(shaped):
    left = RIGHT - width if rtl else LEFT
    baseline = BOTTOM - LINE * (len(shaped) - 1 - number)
    for glyph, x, y in glyphs:
        if glyph == 0:
            sys.exit(f"{path} has no letter for a character of `{title}`")
        moved = TransformPen(pen, (scale, 0, 0, -scale, left + x * scale, baseline - y * scale))
        font.draw_glyph_with_pen(glyph, moved)

(folder / "card.svg").write_text(
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">\n'
    f"  <title>{escape(title)}</title>\n"
    f'  <path fill="#221f1b" d="{pen.getCommands()}"/>\n'
    f"</svg>\n"
)
