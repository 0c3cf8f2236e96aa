"""An SVG document of matplotlib's -> an element that stands in a page beside others of its kind.

Colours become the page's CSS variables (so that dark mode and print reach them), the font the
page's font, ids unique; a title and a description in words are put in.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

# Stand-ins that the plots draw with, and what the page makes of them (with a fallback outside a page).
INK, MUTED, RULE, ACCENT, WEAK = "#010101", "#020202", "#030303", "#040404", "#050505"
COLOURS = {
    INK: "var(--ink, #1b2127)",
    MUTED: "var(--muted, #57606a)",
    RULE: "var(--rule, #d5dae0)",
    ACCENT: "var(--accent, #0b5c97)",
    WEAK: "var(--weak, #b34700)",
}
NAMESPACE = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
UNWANTED = {f"{{{NAMESPACE}}}metadata", f"{{{NAMESPACE}}}style"}  # its <style> would reach the whole page


def inline(drawn: str, key: str, *, title: str, text: str) -> str:
    """``drawn`` as one ``<svg role="img">``, named by ``title`` and told by ``text``."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - matplotlib wrote it a moment ago
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', drawn))
    for element in list(root.iter()):
        for child in [c for c in element if c.tag in UNWANTED]:
            element.remove(child)
        _rewrite(element, key, used)
    for name in ("width", "height", "version"):
        del root.attrib[name]
    root.attrib.update({"xmlns": NAMESPACE, "role": "img", "class": "plot"})
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    for place, (tag, words) in enumerate((("title", title), ("desc", text))):
        element = ElementTree.Element(tag, {"id": f"{key}-{tag}"})
        element.text = words
        root.insert(place, element)
    return ElementTree.tostring(root, encoding="unicode")


def _rewrite(element: ElementTree.Element, key: str, used: set[str]) -> None:
    element.tag = element.tag.rpartition("}")[2]
    if element.tag != "text":
        element.text = None
    element.tail = None
    if (name := element.attrib.pop("id", "")) in used:
        element.set("id", f"{key}-{name}")
    if link := element.attrib.pop(LINK, ""):
        element.set("href", f"#{key}-{link[1:]}")
    if clip := element.get("clip-path"):
        element.set("clip-path", clip.replace("url(#", f"url(#{key}-"))
    for name in ("d", "x", "y", "transform"):
        if value := element.get(name):
            element.set(name, _LONG_DECIMAL.sub(_rounded, " ".join(value.split())))
    if style := element.get("style"):
        style = _FAMILY.sub(r"\1", style)
        element.set("style", _STAND_IN.sub(lambda found: COLOURS[found[0]], style))


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}"


_LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}")
_FAMILY = re.compile(r"font(?:-family)?: *([\d.]+px)?[^;]*'[^;]*;? ?")
_STAND_IN = re.compile(r"#(0[1-5])\1\1\b")
