"""Sheets as slides, opened again: what the charts hold, what stands beside them, what their workbooks do."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn

from pages.parts import slide_charts, slides, theme
from pages.parts.sheet import Drawing, Sheet
from tests import sheet_samples

KINDS = ("bars", "dumbbells", "trend", "panels", "heatmap", "drift")
EVIDENCE = ("綦江 · 地区生产总值 · 2024年增速 · 完成情况 +5.5%：“增长5.5%”", "=1+1")


@pytest.fixture(scope="module")
def sheets(real) -> dict[str, Sheet]:
    return sheet_samples.all_kinds(real)


@pytest.fixture(scope="module")
def deck(sheets):
    return opened(*(sheets[kind] for kind in KINDS))


def opened(*sheets: Sheet):
    return Presentation(BytesIO(slides.pptx([(sheet, EVIDENCE) for sheet in sheets], "标题 <&>")))


@pytest.fixture
def slide(deck):
    return lambda kind: deck.slides[KINDS.index(kind)]


def charts(slide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def said(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def point_labels(series) -> dict[int, str]:
    """Words at the marks of a series, by the position of the mark."""
    found = {}
    for label in series._element.iter(qn("c:dLbl")):
        found[int(label.find(qn("c:idx")).get("val"))] = "".join(t.text or "" for t in label.iter(qn("a:t")))
    return found


def colour(point) -> str:
    return f"#{point.format.fill.fore_color.rgb}"


# ---------------------------------------------------------------- the deck
def test_one_slide_for_each_sheet_in_order_with_a_title_of_its_own(sheets, deck):
    assert len(deck.slides) == len(KINDS)
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    assert deck.core_properties.title == "标题 <&>"
    for kind, slide in zip(KINDS, deck.slides, strict=True):
        assert slide.shapes.title.text_frame.text == sheets[kind].title


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_around_the_charts(sheets, slide, kind):
    text, sheet = said(slide(kind)), sheets[kind]
    lines = "连线是实际与目标的差距，线尾写实际、目标、差距和状态"  # not of bars
    subtitle = sheet.subtitle.replace(lines, "条末写实际、差距和状态") if kind == "dumbbells" else sheet.subtitle
    assert (
        subtitle in text
        and (lines in text) == (lines in subtitle)
        and sheet.badge in text
        and all(note in text for note in sheet.notes)
    )
    assert f"来源：{sheet.source}。数据版本0123456789ab。" in text and "区县规划看板" in text
    assert slide(kind)._element.findall(f".//{qn('a:fld')}")[0].get("type") == "slidenum"


@pytest.mark.parametrize("kind", KINDS)
def test_the_evidence_is_in_the_notes(slide, kind):
    assert slide(kind).notes_slide.notes_text_frame.text == "\n".join(EVIDENCE)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_a_picture_and_everything_is_on_the_slide(deck, slide, kind):
    for shape in slide(kind).shapes:
        assert shape.shape_type != 13  # a picture
        assert shape.left >= 0 and shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("kind", KINDS)
def test_charts_and_tables_do_not_lie_on_each_other_or_on_the_foot(slide, kind):
    boxes = [s for s in slide(kind).shapes if s.has_chart or s.has_table]
    foot = min(s.top for s in slide(kind).shapes if s.has_text_frame and s.text_frame.text.startswith("来源："))
    assert boxes
    for n, a in enumerate(boxes):
        assert a.top + a.height <= foot
        for b in boxes[n + 1 :]:
            assert a.left + a.width <= b.left or b.left + b.width <= a.left or a.top + a.height <= b.top or b.top + b.height <= a.top  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_run_names_its_typefaces(slide, kind):
    roots = [slide(kind)._element, *(chart._chartSpace for chart in charts(slide(kind)))]
    runs = [run for root in roots for run in root.iter(qn("a:rPr"))]
    assert runs
    for run in runs:
        assert run.find(qn("a:latin")).get("typeface") == "Arial"
        assert run.find(qn("a:ea")).get("typeface") == "Microsoft YaHei"


@pytest.mark.parametrize("kind", KINDS)
def test_charts_and_tables_have_words_for_those_who_do_not_see_them(sheets, slide, kind):
    found = [s._element.nvGraphicFramePr.cNvPr.get("descr") for s in slide(kind).shapes if s.has_chart or s.has_table]
    assert Counter(found) == Counter(drawing.alt for drawing in sheets[kind].drawings)


# ---------------------------------------------------------------- bars
def test_bars_hold_the_rows(sheets, slide):
    (chart,) = charts(slide("bars"))
    rows = sheets["bars"].drawings[0].rows["rows"]
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    actual, target = chart.plots[0].series
    assert (actual.name, target.name) == ("实际", "目标")
    assert list(chart.plots[0].categories) == [row["place"] for row in rows]
    assert list(actual.values) == [row["value"] for row in rows]
    assert list(target.values) == [row["target"] for row in rows] and None in target.values
    assert point_labels(actual) == {n: row["label"] for n, row in enumerate(rows)}
    assert [colour(actual.points[n]) for n in range(len(rows))] == [row["colour"] for row in rows]
    assert chart.value_axis.minimum_scale == 0


def test_a_missing_result_stays_missing_and_its_words_stand_on_the_slide(sheets):
    sheet = sheets["bars"]
    rows = [dict(row) for row in sheet.drawings[0].rows["rows"]]
    rows[1] |= {"value": None, "label": "本地报告未提及"}
    made = opened(replace(sheet, drawings=(replace(sheet.drawings[0], rows=sheet.drawings[0].rows | {"rows": rows}),)))
    (chart,) = charts(made.slides[0])
    assert chart.plots[0].series[0].values[1] is None
    assert f"{rows[1]['place']}本地报告未提及" in said(made.slides[0])
    assert 1 not in point_labels(chart.plots[0].series[0])
    # no point at all, not one of zero
    values = chart.plots[0].series[0]._element.find(qn("c:val"))
    assert [pt.get("idx") for pt in values.iter(qn("c:pt"))] == ["0", "2"]


def test_negative_bars_have_room_on_both_sides(sheets):
    sheet = sheets["bars"]
    rows = [dict(row) for row in sheet.drawings[0].rows["rows"]]
    rows[0] |= {"value": -19.6, "label": "−19.6%"}
    made = opened(replace(sheet, drawings=(replace(sheet.drawings[0], rows=sheet.drawings[0].rows | {"rows": rows}),)))
    (chart,) = charts(made.slides[0])
    assert chart.value_axis.minimum_scale < -19.6 and chart.value_axis.maximum_scale >= 7


# ---------------------------------------------------------------- dumbbells
def test_dumbbells_hold_result_and_target_of_every_row(sheets, slide):
    found = charts(slide("dumbbells"))
    drawings = sheets["dumbbells"].drawings
    assert len(found) == len(drawings) > 2
    values = Counter()
    for chart in found:
        series = {s.name: list(s.values) for s in chart.plots[0].series}
        aims = series.get("目标", [None] * len(series["实际"]))
        values.update(zip(series["实际"], aims, strict=True))
    assert values == Counter((row["value"], row["target"]) for d in drawings for row in d.rows["rows"])
    assert any(None in pair for pair in values)
    text = said(slide("dumbbells"))
    for row in (row for drawing in drawings for row in drawing.rows["rows"]):
        if row["value"] is None:
            assert row["label"] in text
    labels = "".join(label for chart in found for s in chart.plots[0].series for label in point_labels(s).values())
    assert all(row["end_label"] in labels for d in drawings for row in d.rows["rows"] if row["value"] is not None)


# ---------------------------------------------------------------- lines
def pieces(chart) -> dict[str, dict[str, float]]:
    """Values of each series by year."""
    years = [str(name)[:4] for name in chart.plots[0].categories]
    return {
        series.name: {year: value for year, value in zip(years, series.values, strict=True) if value is not None}
        for series in chart.plots[0].series
    }


def test_a_line_joins_only_what_may_be_joined(sheets, slide):
    """Solid lines of the chart are the solid segments of the rows: none over a gap or a change of definition."""
    rows = sheets["trend"].drawings[0].rows
    (chart,) = charts(slide("trend"))
    joined: dict[str, list[dict]] = {}
    for row in rows["segments"]:
        if not row["dashed"]:
            joined.setdefault(row["key"], []).append(row)
    wanted = {(key.rpartition("-")[0], a["year"], b["year"]) for key, (a, b) in joined.items()}
    drawn = set()
    for series in chart.plots[0].series:
        dashed = series.format.line.dash_style is not None
        no_line = series.format.line.fill.type is not None and "BACKGROUND" in str(series.format.line.fill.type)
        years = sorted(pieces(chart)[series.name])
        if dashed or no_line or "年均" in series.name:
            continue
        assert [int(b) - int(a) for a, b in pairwise(years)] == [1] * (len(years) - 1)
        drawn |= {(series.name.split(" ")[0], a, b) for a, b in pairwise(years)}
    assert drawn == wanted
    # 綦江 2023 and 2024 are of different definitions, as the badge says
    assert ("綦江", "2023", "2024") not in drawn and ("綦江", "2024", "2025") in drawn


def test_every_result_and_target_is_in_the_chart_once(sheets, slide):
    rows = sheets["trend"].drawings[0].rows
    (chart,) = charts(slide("trend"))
    marks, aims = Counter(), Counter()
    for name, values in pieces(chart).items():
        for year, value in values.items():
            if name.endswith("目标") and "年均" not in name and "通往" not in name:
                aims[name.split(" ")[0], year, value] += 1
            elif "年均" not in name and "通往" not in name and not name.endswith("年推算"):
                marks[name.split(" ")[0], year, value] += 1
    assert marks == Counter((p["place"], p["year"], p["value"]) for p in rows["points"])
    assert aims == Counter((p["place"], p["year"], p["value"]) for p in rows["targets"])
    assert list(chart.plots[0].categories) == [f"{year}年" for year in rows["years"]]


def test_supplementary_results_are_hollow_and_say_so(sheets, slide):
    rows = sheets["trend"].drawings[0].rows
    (chart,) = charts(slide("trend"))
    years = [str(year) for year in rows["years"]]
    found = [p for p in rows["points"] if p["kind"] == "supplement"]
    assert found
    labels = {}
    for series in chart.plots[0].series:
        for at, text in point_labels(series).items():
            labels[series.name.split(" ")[0], years[at], text] = series
    for point in found:
        tagged = [s for (place, year, text), s in labels.items() if place == point["place"] and year == point["year"] and "补充" in text]  # fmt: skip
        plain = [s for (place, year, text), s in labels.items() if (place, year, text) == (point["place"], point["year"], point["label"])]
        # where the word has no room at the number, the name of the line has it
        assert tagged or any("补充" in each.name for each in plain), point
        tagged = tagged or plain
    (alone,) = [s for s in chart.plots[0].series if s.name == "綦江 2023年（补充来源）"]
    assert alone.marker.format.fill.fore_color.rgb != alone.marker.format.line.color.rgb


def test_missing_years_have_their_words_on_the_slide(sheets, slide):
    missing = sheets["trend"].drawings[0].rows["missing"]
    assert missing
    for year, lines in missing.items():
        assert all(line.replace("|", "") in said(slide("trend")) for line in lines) and f"{year}年" in said(
            slide("trend")
        )


def test_blanks_are_gaps_where_nothing_has_to_be_spanned(slide):
    for chart in charts(slide("panels")):
        blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs")).get("val")
        spans = any("年均" in series.name for series in chart.plots[0].series)
        assert blanks == ("span" if spans else "gap")
        for series in chart.plots[0].series:  # and no series has a hole that could be bridged, bands apart
            at = [n for n, value in enumerate(series.values) if value is not None]
            no_line = "BACKGROUND" in str(series.format.line.fill.type)
            assert no_line or "年均" in series.name or at == list(range(at[0], at[-1] + 1))


def test_a_plan_is_dotted_and_its_years_between_stay_empty(real):
    sheet = sheet_samples.trend(real, ("人均预期寿命",))
    plans = [row for row in sheet.drawings[0].rows["segments"] if row["key"].endswith("-plan")]
    assert plans
    (chart,) = charts(opened(sheet).slides[0])
    (line,) = [s for s in chart.plots[0].series if s.name.endswith("通往规划目标")]
    assert line.format.line.dash_style == MSO_LINE.ROUND_DOT
    assert pieces(chart)[line.name] == {row["year"]: row["value"] for row in plans}


def test_drift_holds_every_target(sheets, slide):
    rows = sheets["drift"].drawings[0].rows
    (chart,) = charts(slide("drift"))
    assert list(chart.plots[0].categories) == list(rows["columns"])
    found = Counter()
    for series in chart.plots[0].series:
        for column, value in zip(rows["columns"], series.values, strict=True):
            if value is not None:
                found[series.name.split(" ")[0], column, value] += 1
    assert found == Counter((p["place"], p["column"], p["value"]) for p in rows["points"])


# ---------------------------------------------------------------- tables
def grid(slide) -> list[list[str]]:
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]


def test_the_heatmap_is_a_table_with_fills_and_words(sheets, slide):
    rows = sheets["heatmap"].drawings[0].rows
    (table,) = [shape.table for shape in slide("heatmap").shapes if shape.has_table]
    texts = grid(slide("heatmap"))
    assert texts[0][1:] == rows["columns"]
    for cell in rows["cells"]:
        at = [line[0] for line in texts].index(cell["row"]), rows["columns"].index(cell["column"]) + 1
        assert texts[at[0]][at[1]] == cell["text"]
        shown = table.cell(*at)
        assert shown.fill.fore_color.rgb == RGBColor.from_string(theme.light(cell["fill"])[1:])
        ink = shown.text_frame.paragraphs[0].runs[0].font.color.rgb
        assert ink == RGBColor.from_string(theme.light(cell["ink"])[1:])


def test_a_long_heatmap_goes_on_on_the_next_slide_with_its_head_and_theme(real):
    sheet = sheet_samples.heatmap(real, (2022, 2023, 2024), None)
    rows = sheet.drawings[0].rows
    made = opened(sheet)
    assert len(made.slides) > 2
    names = []
    for n, page in enumerate(made.slides, 1):
        assert page.shapes.title.text_frame.text == f"{sheet.title}（第{n}/{len(made.slides)}页）"
        texts = grid(page)
        assert texts[0][1:] == [name.replace("|", "\n") for name in rows["columns"]]
        assert len(texts) <= slides.MOST_LINES + 1 and texts[1][0] in rows["groups"]
        assert texts[-1][0] not in rows["groups"]
        names += [line[0] for line in texts[1:] if line[0] not in rows["groups"]]
        sizes = [run.font.size.pt for shape in page.shapes if shape.has_table for row in shape.table.rows for cell in row.cells for p in cell.text_frame.paragraphs for run in p.runs]  # fmt: skip
        assert min(sizes) >= 8
    assert names == [name for name in rows["rows"] if name not in rows["groups"]]


# ---------------------------------------------------------------- harmless
BAD = '=HYPERLINK("http://example.org","x")'
NASTY = "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "http://example.org", "<b>&\"'", "\x00\x0b坏"


@pytest.mark.parametrize("bad", [BAD, *NASTY])
@pytest.mark.parametrize("kind", KINDS)
def test_words_that_look_like_formulas_stay_words(sheets, kind, bad):
    sheet = sheets[kind]

    def soiled(value):
        if isinstance(value, str):
            return bad if value in ("綦江", "地区生产总值") else value
        if isinstance(value, dict):
            return {key: soiled(each) for key, each in value.items()}
        return [soiled(each) for each in value] if isinstance(value, list | tuple) else value

    drawings = tuple(replace(d, rows=soiled(d.rows), heading=bad, alt=bad) for d in sheet.drawings)
    dirty = replace(sheet, title=bad, subtitle=bad, badge=bad, notes=(bad,), source=bad, drawings=drawings)
    content = slides.pptx([(dirty, [bad])], bad)
    with ZipFile(BytesIO(content)) as whole:
        books = [name for name in whole.namelist() if name.endswith(".xlsx")]
        assert bool(books) == (kind != "heatmap")
        for name in books:
            for sheet_ in openpyxl.load_workbook(BytesIO(whole.read(name))):
                for row in sheet_.iter_rows():
                    for cell in row:
                        assert cell.data_type in ("s", "n") and cell.hyperlink is None
            with ZipFile(BytesIO(whole.read(name))) as book:
                assert not any(b"<f>" in book.read(part) for part in book.namelist() if part.endswith(".xml"))
        for name in whole.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in whole.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(whole.read(name))
    assert Presentation(BytesIO(content)).slides[0].shapes.title.text_frame.text == bad.replace("\x00", "□").replace("\x0b", "")  # fmt: skip


def test_a_sheet_without_charts_or_values_is_still_a_slide():
    empty = Drawing("trend", "t", "", {"points": [], "segments": [], "years": [2021], "axis": "", "missing": {"2021": ["綦江未收录"]}})  # fmt: skip
    made = opened(Sheet("没有数"), Sheet("没有点", drawings=(empty,)))
    assert [page.shapes.title.text_frame.text for page in made.slides] == ["没有数", "没有点"]
    assert "綦江未收录" in said(made.slides[1])


def test_the_ends_of_an_axis_are_round_and_hold_everything():
    class Axis:
        minimum_scale = maximum_scale = major_unit = None

    class Chart:
        def __init__(self):
            self.value_axis = Axis()

    for values, zero in (
        ([5.5, 7.0], True),
        ([-3.0, 2.0], True),
        ([92.0, 98.3], False),
        ([0.0], True),
        ([-8.0], False),
    ):
        chart = Chart()
        slide_charts.scale(chart, [*values, None], zero=zero)
        axis = chart.value_axis
        assert axis.minimum_scale <= min(values) and axis.maximum_scale >= max(values)
        assert math.isclose(
            (axis.maximum_scale - axis.minimum_scale) % axis.major_unit, 0, abs_tol=1e-9
        ) or math.isclose((axis.maximum_scale - axis.minimum_scale) % axis.major_unit, axis.major_unit, abs_tol=1e-9)
        assert not zero or axis.minimum_scale <= 0 <= axis.maximum_scale


# ---------------------------------------------------------------- another program
@pytest.mark.skipif(not shutil.which("soffice") or not shutil.which("pdftoppm"), reason="no LibreOffice")
def test_libreoffice_shows_every_slide(sheets, tmp_path):
    (tmp_path / "deck.pptx").write_bytes(slides.pptx([(sheets[kind], EVIDENCE) for kind in KINDS], "题"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    subprocess.run(["pdftoppm", "-r", "48", "-png", "deck.pdf", "page"], cwd=tmp_path, check=True, timeout=120)
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) == len(KINDS)
    for page in pages:
        image = Image.open(page).convert("L")
        middle = image.crop((0, image.height // 3, image.width, image.height * 5 // 6))
        assert sum(middle.histogram()[:200]) > 1500  # the charts are there
