"""An SVG of a sheet as the file somebody takes along: PNG, PDF, or SVG with its typeface inside. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.etree import ElementTree as ET

import pypdf
import vl_convert

from pages.parts import picture_kit as kit
from pages.parts import typeface
from pages.parts.sheet import NAME


def png(picture: str, scale: float = 2) -> bytes:
    """An SVG as PNG, ``scale`` pixels for each px."""
    typeface.register()
    return vl_convert.svg_to_png(picture, scale=scale)


def pdf(pictures: Sequence[str], title: str = "") -> bytes:
    """SVGs as one PDF, a page for each (1 px = 0.75 pt); its words can be searched and copied."""
    typeface.register()
    writer = pypdf.PdfWriter()
    for picture in pictures:
        writer.append(BytesIO(vl_convert.svg_to_pdf(_for_pdf(picture))))
    writer.add_metadata({"/Title": title or NAME, "/Creator": NAME, "/Producer": NAME})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _for_pdf(picture: str) -> str:
    """As wide as a slide; bold type is its outline below the words, for a PDF would hold words with a stroke twice."""
    root = ET.fromstring(picture)
    for side in ("width", "height"):
        root.set(side, kit.number(float(root.get(side)) * 0.75))
    for parent in list(root.iter()):
        for at, text in reversed(list(enumerate(parent))):
            if text.tag == f"{{{kit.SVG}}}text" and "stroke" in text.attrib:
                stroke = {key: text.attrib.pop(key) for key in ("stroke", "stroke-width", "stroke-linejoin")}
                if text.text:
                    parent.insert(at, _outline(text, stroke))
    return ET.tostring(root, encoding="unicode")


def _outline(text: ET.Element, stroke: dict[str, str]) -> ET.Element:
    """The outlines of a line of text, where it stands."""
    size = kit.size_of(text)
    x = float(text.get("x", 0)) + kit.before(text)
    drawn = typeface.outline(text.text, size, x, float(text.get("y", 0)))
    path = ET.Element(f"{{{kit.SVG}}}path", stroke | {"d": drawn, "fill": "none"})
    if "transform" in text.attrib:
        path.set("transform", text.attrib["transform"])
    return path


def _letters(root: ET.Element) -> Iterator[str]:
    for text in root.iter(f"{{{kit.SVG}}}text"):
        yield from "".join(text.itertext())


def embedded(picture: str) -> str:
    """The SVG with the characters it needs of its typeface, so that it reads the same on any machine."""
    root = ET.fromstring(picture)
    data = b64encode(typeface.subset(_letters(root))).decode()
    style = ET.Element(f"{{{kit.SVG}}}style")
    style.text = (
        f"@font-face {{ font-family: '{typeface.FAMILY}'; src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
    )
    root.insert(2, style)
    return ET.tostring(root, encoding="unicode")
