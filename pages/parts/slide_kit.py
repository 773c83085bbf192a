"""What every slide is built with: places in px, type, text boxes, rectangles. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from pages.parts import theme, typeface

#: Both come with Office; elsewhere fonts of the same widths take their place.
LATIN, CHINESE = "Arial", "Microsoft YaHei"


@dataclass(frozen=True)
class Box:
    """Where something stands, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height in the units of the file."""
        return px(self.x), px(self.y), px(self.width), px(self.height)


def px(value: float) -> Emu:
    """px of the slide in the units of the file."""
    return Emu(round(value * 9525))


def _points(px: float) -> Pt:
    return Pt(round(px * 0.75 * 2) / 2)


def rgb(colour: str) -> RGBColor:
    """A colour of the theme as it is on light ground."""
    return RGBColor.from_string(theme.light(colour).removeprefix("#"))


def set_type(font: object, size: float, colour: str, bold: bool = False) -> None:
    """Size in px, colour and the typeface, Latin and East Asian."""
    font.size, font.bold, font.name = _points(size), bold, LATIN
    font.color.rgb = rgb(colour)
    properties = font._element
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    after = properties.find(qn("a:latin"))
    east = etree.SubElement(properties, qn("a:ea"))
    east.set("typeface", CHINESE)
    after.addnext(east)


def add_run(paragraph: object, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
    """Words at the end of a paragraph; ``size`` in px."""
    run = paragraph.add_run()
    run.text = typeface.clean(text)
    set_type(run.font, size, colour, bold)
    run.font._element.set("lang", "zh-CN")


def frame_of(holder: object) -> object:
    """A text frame without margins that keeps its size."""
    frame = holder.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def text_box(slide: object, box: Box, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
    """Words in a box of their own; ``size`` in px."""
    add_run(frame_of(slide.shapes.add_textbox(*box.emu)).paragraphs[0], text, size, colour, bold=bold)


def height_of(text: str, size: float, room: float) -> float:
    """Height of a paragraph; PowerPoint's lines are a little wider than measured."""
    return len(typeface.wrap(text, size, room * 0.97)) * size * 1.32


def block(slide: object, box: Box, colour: str) -> None:
    """A rectangle without an outline."""
    shape = slide.shapes.add_shape(1, *box.emu)
    shape._element.remove(shape._element.find(qn("p:style")))  # the shadow and outline of the template
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
