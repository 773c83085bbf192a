"""A heatmap as a table that PowerPoint can edit. Pure."""

from __future__ import annotations

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn

from pages.parts import slide_kit as kit
from pages.parts import theme, typeface
from pages.parts.sheet import Drawing

_SIDES = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")


def table_of(slide: object, drawing: Drawing, box: kit.Box) -> None:
    """A heatmap as a table: the fill and the words of each cell, names of themes over all columns."""
    rows, columns = list(drawing.rows["rows"]), list(drawing.rows["columns"])
    groups = set(drawing.rows.get("groups", ()))
    cells = {(cell["row"], cell["column"]): cell for cell in drawing.rows["cells"]}
    shape = slide.shapes.add_table(len(rows) + 1, len(columns) + 1, *box.emu)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", typeface.clean(drawing.alt))
    table = shape.table
    table.horz_banding = False
    heads = max((len(name.split("|")) for name in columns), default=1)
    row_high = min(48.0, box.height / (len(rows) + heads))
    size = min(18.0, row_high * 0.52)
    first = min(box.width * 0.34, max(typeface.width(name, size) for name in rows) + 24)
    wide = (box.width - first) / max(1, len(columns))
    longest = max((typeface.width(cell["text"], 1) for cell in cells.values()), default=1)
    small = max(8.0, min(size, (wide - 10) / (longest or 1)))
    table.columns[0].width = kit.px(first)
    for n in range(len(columns)):
        table.columns[n + 1].width = kit.px(wide)
    for n in range(len(rows) + 1):
        table.rows[n].height = kit.px(row_high * (heads if n == 0 else 1))
    _cell(table.cell(0, 0), "", small)
    for n, name in enumerate(columns):
        _cell(table.cell(0, n + 1), name.replace("|", "\n"), size, bold=True, centred=True)
    for r, name in enumerate(rows, 1):
        long = typeface.width(name, size) > first - 16
        _cell(table.cell(r, 0), name, min(size, row_high * 0.36) if long else size, bold=name in groups)
        if name in groups:
            table.cell(r, 0).merge(table.cell(r, len(columns)))
            continue
        for c, column in enumerate(columns, 1):
            cell = cells.get((name, column))
            if cell:
                _cell(
                    table.cell(r, c),
                    cell["text"],
                    small,
                    cell["ink"],
                    fill=cell["fill"],
                    edge=cell["edge"],
                    centred=True,
                )
            else:
                _cell(table.cell(r, c), "", small)
    for r, name in enumerate(rows, 1):  # a neighbour's border would hide the one that says: no result yet
        for c, column in enumerate(columns, 1):
            cell = cells.get((name, column))
            if cell and cell["edge"] == theme.MUTED:
                near = ((r - 1, c, 3), (r + 1, c, 2), (r, c - 1, 1), (r, c + 1, 0))
                for row, at, side in near:
                    if row <= len(rows) and at <= len(columns):
                        _edge(table.cell(row, at), side, theme.MUTED)


def _edge(cell: object, side: int, colour: str) -> None:
    """The border at one side: left, right, top, bottom."""
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn(_SIDES[side])):
        properties.remove(old)
    line = etree.Element(qn(_SIDES[side]), {"w": "9525"})
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr")).set("val", str(kit.rgb(colour)))
    before = [properties.find(qn(name)) for name in _SIDES[:side]]
    properties.insert(sum(each is not None for each in before), line)


def _cell(
    cell: object,
    text: str,
    size: float,
    colour: str = theme.TEXT,
    *,
    fill: str = theme.PAGE,
    edge: str | None = None,
    bold: bool = False,
    centred: bool = False,
) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = kit.rgb(fill)
    cell.margin_left = cell.margin_right = kit.px(4)
    cell.margin_top = cell.margin_bottom = kit.px(1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    for n, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        kit.add_run(paragraph, line, size, colour, bold=bold)
    for side in range(len(_SIDES)):
        _edge(cell, side, edge or theme.PAGE)
