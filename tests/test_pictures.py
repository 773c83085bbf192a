"""Sheets as files to look at: SVG, PNG, PDF and the evidence card, opened again and read as a reader would.

Over the real reports; what must stand in a picture is taken from the rows it was made from, not from the picture.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pypdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pages.parts import format, gap, picture, picture_card, theme, typeface, wording
from pages.parts.picture import Quote
from pages.parts.sheet import Drawing, Sheet
from tests import sheet_samples
from tests.test_architecture import ROOT

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("bars", "dumbbells", "trend", "panels", "heatmap", "drift")


@pytest.fixture(scope="module")
def sheets(real) -> dict[str, Sheet]:
    return sheet_samples.all_kinds(real)


@pytest.fixture(scope="module")
def drawn(sheets) -> dict[str, str]:
    return {kind: picture.svg(sheet) for kind, sheet in sheets.items()}


def words(svg: str) -> list[str]:
    """Every line of text in a picture."""
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def outer(svg: str) -> list[tuple[float, float, float, str]]:
    """(x, baseline, size, words) of the lines that stand outside the charts."""
    return [
        (float(t.get("x")), float(t.get("y")), float(t.get("font-size")), t.text or "")
        for t in ET.fromstring(svg).findall(f"{SVG}text")
    ]


def ink(image: Image.Image, box: tuple[float, float, float, float]) -> int:
    """Dark pixels in a part of a picture, given in px of the page."""
    scale = image.width / picture.WIDTH
    part = image.convert("L").crop(tuple(round(v * scale) for v in box))
    return sum(part.histogram()[:128])


# ---------------------------------------------------------------- SVG
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stands_by_itself(drawn, kind):
    svg = drawn[kind]
    root = ET.fromstring(svg)
    assert root.get("viewBox").startswith("0 0 1280 ") and float(root.get("height")) >= 720
    assert "var(" not in svg and "light-dark" not in svg
    for each in root.iter():
        assert each.tag.removeprefix(SVG) not in ("script", "style", "image", "foreignObject", "use")
        for name, value in each.attrib.items():
            assert "href" not in name and not name.startswith("on") and "http" not in value
            assert "url(" not in value or value.startswith("url(#")


@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_unique_and_found(drawn, kind):
    root = ET.fromstring(drawn[kind])
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    asked = {
        found
        for each in root.iter()
        for value in each.attrib.values()
        for found in re.findall(r"url\(#([^)]+)\)", value)
    }
    assert len(ids) == len(set(ids)) and asked <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_title_source_version_and_name_stand_in_the_picture(sheets, drawn, kind):
    said = "".join(words(drawn[kind])).replace(" ", "")
    sheet = sheets[kind]
    for text in (sheet.title, sheet.subtitle, sheet.badge, *sheet.notes, *(word for _, _, word in sheet.signs)):
        assert text.replace(" ", "") in said
    assert "来源：綦江2024年度报告" in said and "数据版本0123456789ab。" in said and "区县规划看板" in said


def test_values_targets_and_absences_are_written_as_in_the_rows(sheets, drawn):
    for row in sheets["bars"].drawings[0].rows["rows"]:
        assert row["place"] in words(drawn["bars"]) and row["label"] in words(drawn["bars"])
    for cell in sheets["heatmap"].drawings[0].rows["cells"]:
        assert cell["text"] in words(drawn["heatmap"])
    for row in sheets["dumbbells"].drawings[0].rows["rows"]:
        assert row["said"] in words(drawn["dumbbells"]) and row["label"] in row["said"]
    for lines in sheets["trend"].drawings[0].rows["missing"].values():
        assert all(line.replace("|", "") in "".join(words(drawn["trend"])) for line in lines)


def test_what_is_missing_has_words_and_no_bar(real):
    rows = [
        {"place": "綦江", "value": 5.5, "label": "+5.5%", "target": None, "target_label": "—", "target_mark": "", "colour": "#7550BE", "fact": "a", "target_fact": None, "origin": "报告表格"},
        {"place": "江津", "value": None, "label": "本地报告未提及", "target": None, "target_label": "—", "target_mark": "", "colour": "#00907F", "fact": None, "target_fact": None, "origin": "—"},
    ]  # fmt: skip
    svg = picture.svg(Sheet("题", drawings=(Drawing("bars", "bars", "", {"rows": rows, "axis": "增速（%）"}),)))
    assert "本地报告未提及" in words(svg) and "#7550BE" in svg and "#00907F" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_lines_outside_the_charts_neither_overlap_nor_leave_the_page(drawn, kind):
    lines = outer(drawn[kind])
    for x, y, size, text in lines:
        if x < picture.WIDTH / 2:  # the name at the right ends where its x is
            assert x >= 40 and x + typeface.width(text, size) <= picture.WIDTH - 40 + 1
    for n, (x, y, size, text) in enumerate(lines):
        for other_x, other_y, other_size, other in lines[n + 1 :]:
            apart = abs(other_y - y) >= min(size, other_size) * 0.95
            beside = (
                other_x >= x + typeface.width(text, size) - 1 or x >= other_x + typeface.width(other, other_size) - 1
            )
            assert apart or beside or picture.NAME in other + text, (text, other)


def lowest(parent: ET.Element, y: float = 0, scale: float = 1) -> float:
    """The lowest baseline of the words in a part of a picture, transforms and nested pictures followed."""
    found = 0.0
    for each in parent:
        moved = each.get("transform", "")
        down = y + scale * sum(float(v) for v in re.findall(r"translate\([^,)]+,\s*([-\d.]+)\)", moved))
        size = scale * float((re.findall(r"scale\(([\d.]+)", moved) or [1])[0])
        if each.tag == f"{SVG}svg":
            down += size * float(each.get("y", 0))
        if each.tag == f"{SVG}text":
            down += size * (float(each.get("y", 0)) + sum(float(line.get("dy", 0)) for line in each))
            found = max(found, down)
        found = max(found, lowest(each, down, size))
    return found


def test_no_words_of_a_chart_stand_on_the_foot(real, drawn):
    many = sheet_samples.trend(real, ("城镇新增就业",), last=2025)  # up to six lines below a year
    card = picture.card(many, "一句话。", [Quote("原话")])
    for svg in (*drawn.values(), picture.svg(many), picture.svg(many, fit=True), card):
        root = ET.fromstring(svg)
        first = min(float(t.get("y")) for t in root.findall(f"{SVG}text") if (t.text or "").startswith("来源："))
        for group in root.findall(f"{SVG}g"):
            holder = ET.Element("holder")
            holder.append(group)
            assert lowest(holder) < first - 12


@pytest.mark.parametrize("title", ["一项指标的发现" * 6, "GDP<5 & “x” 'y'" * 5, "2024年+5.5%" * 9, "字" * 200])
def test_a_long_title_is_wrapped_and_complete(sheets, title):
    svg = picture.svg(replace(sheets["bars"], title=title))
    top = [(y, text) for x, y, size, text in outer(svg) if size >= 22]
    assert len(top) > 1 and "".join(text for _, text in top).replace(" ", "") == title.replace(" ", "")
    assert all(typeface.width(text, 22) <= picture.WIDTH - 80 for _, text in top)
    subtitle = next(y for _, y, _, text in outer(svg) if text == sheets["bars"].subtitle)
    assert subtitle > max(y for y, _ in top) + 10


# the last two characters do not exist in XML; the converter would end the process
NASTY = "<b>&amp;\"'</text><script>alert(1)</script>]]>\x00\x0b"


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_a_report_are_text_whatever_they_contain(sheets, kind):
    sheet = sheets[kind]
    drawing = sheet.drawings[0]
    swap = {"綦江": NASTY, "地区生产总值": NASTY}

    def soiled(value):
        if isinstance(value, str):
            return swap.get(value, value)
        if isinstance(value, dict):
            return {key: soiled(each) for key, each in value.items()}
        return [soiled(each) for each in value] if isinstance(value, list | tuple) else value

    bad = replace(sheet, title=NASTY, subtitle=NASTY, badge=NASTY, notes=(NASTY,), source=NASTY, signs=((NASTY, "#111111", NASTY),), drawings=(replace(drawing, rows=soiled(drawing.rows), heading=NASTY, alt=NASTY),))  # fmt: skip
    svg = picture.svg(bad, page=NASTY)
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script")) and not list(root.iter(f"{SVG}b"))
    assert "<script>alert(1)" in "".join(words(svg))
    assert picture.png(svg, 1)[:4] == b"\x89PNG"


def test_a_page_number_is_the_part_or_what_is_asked_for(sheets):
    assert any(text.endswith("区县规划看板　2/5") for text in words(picture.svg(sheets["bars"], page="2/5")))
    assert any(text.endswith("区县规划看板　1/3") for text in words(picture.svg(replace(sheets["bars"], part=(1, 3)))))
    assert "区县规划看板" in words(picture.svg(sheets["bars"]))


def test_a_sheet_without_charts_still_says_what_it_says():
    svg = picture.svg(Sheet("没有数", subtitle="2024年"))
    assert "没有数" in words(svg) and ET.fromstring(svg).get("height") == "720"


def test_a_name_in_two_lines_stands_in_the_middle_of_its_row(real):
    sheet = sheet_samples.heatmap(real, most=None)
    names = sheet.drawings[0].rows["rows"]
    middles, lines = {}, {}
    for text in ET.fromstring(picture.svg(sheet)).iter(f"{SVG}text"):
        name = "".join(text.itertext())
        if name in names:
            down = sum(float(each.get("dy", 0)) for each in text)
            middles[name] = sum(map(float, re.findall(r"translate\([^,]+,([-\d.]+)\)", text.get("transform")))) + down / 2
            lines[name] = len(text)
    assert max(lines.values()) == 2, "a name too long for one line"
    steps = [middles[after] - middles[before] for before, after in pairwise(names)]
    assert max(steps) - min(steps) < 2, "all names stand equally far apart, as their rows do"


# ---------------------------------------------------------------- the size
def test_a_long_heatmap_grows_or_shrinks_as_asked(real):
    sheet = sheet_samples.heatmap(real, (2022, 2023, 2024), None)
    rows, columns = (len(sheet.drawings[0].rows[key]) for key in ("rows", "columns"))
    assert rows > 50 and columns == 9
    tall, slide = (ET.fromstring(picture.svg(sheet, fit=fit)) for fit in (False, True))
    assert float(tall.get("height")) > 1500 and slide.get("height") == "720"
    written = [t for t in tall.iter(f"{SVG}text") if (t.text or "").startswith(("▼", "▲", "未收录"))]
    sizes = {float(t.get("font-size").removesuffix("px")) for t in written}
    assert min(sizes) >= 12
    # no cell's words are wider than its column
    assert max(typeface.width(t.text, max(sizes)) for t in written) < (picture.WIDTH - 88) / columns


def test_one_slide_is_the_rule_for_what_is_shown_on_a_screen(real, drawn):
    small = sheet_samples.heatmap(real, (2024,), 6)
    assert ET.fromstring(picture.svg(small)).get("height") == "720"
    for kind in ("bars", "trend", "panels", "drift"):
        assert ET.fromstring(drawn[kind]).get("height") == "720", kind


# ---------------------------------------------------------------- PNG
@pytest.mark.parametrize("kind", KINDS)
def test_the_png_has_ink_where_the_words_are(sheets, drawn, kind):
    image = Image.open(BytesIO(picture.png(drawn[kind])))
    assert image.width == 2560 and image.height == round(2 * float(ET.fromstring(drawn[kind]).get("height")))
    white = replace(sheets[kind], title="　", subtitle="", badge="", signs=(), drawings=(), notes=())
    empty = Image.open(BytesIO(picture.png(picture.svg(white))))
    title = (40, 25, 1240, 70)
    assert ink(image, title) > 2000 > ink(empty, title) == 0
    high = image.height / 2
    assert ink(image, (40, high - 45, 700, high - 5)) > 300  # the source line
    assert image.convert("RGB").getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("text", ["綦江地区生产总值", "▲▲●◐▼◇◆■✚○━┄▒▣≈≥≤−～→"])
def test_every_sign_has_a_glyph(text):
    for letter in text:
        row = Image.open(BytesIO(picture.png(picture.svg(Sheet(letter)), 1)))
        assert ink(row, (40, 25, 90, 75)) > 10, letter
    advances, _ = typeface._advances()
    assert all(ord(letter) in advances for letter in text)


def test_glyphs_of_the_program_are_in_the_typeface():
    advances, _ = typeface._advances()
    used = "".join(
        [
            *theme.GLYPHS.values(),
            *(state.glyph + state.words for state in gap.STATES.values()),
            *format.ORIGINS.values(),
        ]
    )
    assert not {letter for letter in used if ord(letter) not in advances}


def test_a_machine_without_fonts_writes_the_same_picture(sheets, drawn, tmp_path):
    """In a room of its own where the folder of fonts is empty."""
    script = "import sys; from pages.parts import picture; sys.stdout.buffer.write(picture.png(sys.stdin.read(), 1))"
    (tmp_path / "none").mkdir()
    hide = f"mount --bind {tmp_path / 'none'} /usr/share/fonts && exec {sys.executable} -c '{script}'"
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no right to hide the fonts")
    done = subprocess.run(["unshare", "-m", "sh", "-c", hide], input=drawn["bars"].encode(), capture_output=True, cwd=ROOT, check=False, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, timeout=120)  # fmt: skip
    if done.returncode and b"mount" in done.stderr:
        pytest.skip("no right to hide the fonts")
    assert done.stdout == picture.png(drawn["bars"], 1)


# ---------------------------------------------------------------- PDF
def fonts(page) -> set[str]:
    """Names of the typefaces in a page of a PDF."""
    found, todo = set(), [page]
    while todo:
        resources = todo.pop().get("/Resources", {}).get_object()
        for font in resources.get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"]))
        todo += [each.get_object() for each in resources.get("/XObject", {}).values()]
    return found


def test_the_pdf_can_be_read_searched_and_carries_its_typeface(sheets, drawn):
    read = pypdf.PdfReader(BytesIO(picture.pdf([drawn[kind] for kind in KINDS], "标题 <&>")))
    assert len(read.pages) == len(KINDS) and read.metadata.title == "标题 <&>"
    for kind, page in zip(KINDS, read.pages, strict=True):
        text = page.extract_text().replace(" ", "").replace("\n", "")
        title = sheets[kind].title.replace(" ", "")
        assert text.count(title) == 1, kind
        assert "区县规划看板" in text and "数据版本0123456789ab" in text
        assert {name.partition("+")[2] for name in fonts(page)} == {"NotoSansSC-Regular-Identity-H"}
        # a page as wide as a slide, 13.33 inches
        assert [round(float(v)) for v in page.mediabox[:3]] == [0, 0, 960]
    assert round(float(read.pages[0].mediabox.height)) == 540


# ---------------------------------------------------------------- SVG with its typeface
def test_the_embedded_typeface_has_the_letters_of_the_picture_and_few_others(drawn):
    from base64 import b64decode

    svg = picture.embedded(drawn["heatmap"])
    style = next(ET.fromstring(svg).iter(f"{SVG}style")).text
    assert "Noto Sans SC" in style and "http" not in style
    font = TTFont(BytesIO(b64decode(re.search(r"base64,([^)]+)", style)[1])))
    assert font.flavor == "woff2"
    letters = {ord(letter) for line in words(svg) for letter in line}
    assert letters <= set(font.getBestCmap()) and len(font.getBestCmap()) < len(letters) + 60
    assert words(svg) == words(drawn["heatmap"]) and len(svg) < 400_000


def test_the_embedded_picture_is_seen_in_a_browser(drawn, chrome, tmp_path):
    path = tmp_path / "picture.svg"
    path.write_text(picture.embedded(drawn["bars"]), encoding="utf-8")
    page = chrome.new_page(viewport={"width": 1280, "height": 720})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function("document.fonts.status === 'loaded'")
    shown = Image.open(BytesIO(page.screenshot()))
    loaded = page.evaluate("[...document.fonts].map(f => [f.family.replaceAll('\"', ''), f.status])")
    page.close()
    assert loaded == [["Noto Sans SC", "loaded"]]
    assert ink(shown, (40, 25, 1240, 70)) > 500
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


# ---------------------------------------------------------------- lines
@given(st.text("綦江年，。（）“”、0123456789.%+−abc 亿元", max_size=60), st.integers(60, 400))
def test_lines_hold_every_letter_in_order_and_fit(text, room):
    lines = typeface.wrap(text, 15, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(typeface.width(line, 15) <= room for line in lines)


def test_a_number_and_its_unit_are_not_torn_apart():
    lines = typeface.wrap("綦江地区生产总值2021年1133.25亿元，江津地区生产总值", 20, 260)
    assert any("1133.25亿元，" in line for line in lines) and any("2021年" in line for line in lines)
    assert not any(line[0] in "，。；、）”" for line in lines)


# ---------------------------------------------------------------- the card
@pytest.fixture(scope="module")
def economy(real) -> tuple[dict, list[Quote]]:
    """綦江's growth in 2024 and the two places where its report prints target and result."""
    row = next(
        row for row in real.pairs([2024], district="綦江", indicator="地区生产总值") if row["measure"] == "growth"
    )
    quotes = []
    for side, head in (("target", "计划目标"), ("actual", "完成情况")):
        fact = next(each for each in real.ask("evidence", row[f"{side}_id"]) if each["fact_id"] == row[f"{side}_id"])
        start = fact["value_start"] - fact["char_start"]
        value = (start, fact["value_end"] - fact["char_start"])
        quotes.append(Quote(fact["quote"], value, head, fact["title"], f"{fact['section']}，第{fact['line_start']}行"))
    return row, quotes


def marked(svg: str) -> list[tuple[float, float]]:
    colour = theme.light("var(--pb-mark)")
    return [
        (float(r.get("x")), float(r.get("width")))
        for r in ET.fromstring(svg).iter(f"{SVG}rect")
        if r.get("fill") == colour
    ]


def test_the_card_has_sentence_quotes_marks_and_sources(sheets, economy):
    row, quotes = economy
    said = wording.sentence(row, gap.assess(row))
    svg = picture.card(sheets["bars"], said, quotes, "綦江2024年度报告", "0123456789abcdef")
    text = "".join(words(svg))
    assert said in text and "计划目标" in text and "完成情况" in text and "0123456789ab。" in text
    assert "关于重庆市綦江区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告" in text and "第28行" in text
    assert len(marked(svg)) == 2
    widths = [width for _, width in marked(svg)]
    assert widths[0] == pytest.approx(typeface.width("7", 20) + 2, abs=0.1)
    assert widths[1] == pytest.approx(typeface.width("5.5", 20) + 2, abs=0.1)
    image = Image.open(BytesIO(picture.png(svg)))
    assert image.size == (2400, 1350)


@pytest.mark.parametrize("where", [0, 3000, 5990])
def test_a_long_quote_is_cut_around_its_value_and_says_so(where):
    text = "前" * where + "12345" + "后" * (6000 - where)
    svg = picture.card(None, "一句话。", [Quote(text, (where, where + 5))])
    said = "".join(words(svg))
    assert "12345" in said and len(said) < 1000
    assert ("……前" in said) == (where > 1000) and ("后……" in said) == (where < 5000)
    assert sum(width for _, width in marked(svg)) >= typeface.width("12345", 17)
    assert float(ET.fromstring(svg).get("height")) == 675


def test_a_quote_without_a_value_and_no_chart_still_make_a_card():
    svg = picture.card(None, "一句话。", [Quote("报告的原话")])
    assert "报告的原话" in words(svg) and not marked(svg)


@given(
    st.text("綦江 \n\t5.5%，。", max_size=30),
    st.text("0123456789.", min_size=1, max_size=5),
    st.text("綦 \t江，。", max_size=30),
)
def test_the_mark_of_a_quote_covers_its_value(before, value, after):
    text, span = picture_card.shortened(Quote(before + value + after, (len(before), len(before) + len(value))), 10_000)
    assert text[span[0] : span[1]] == value
    assert re.sub(r"[\s│]", "", text) == re.sub(r"\s", "", before + value + after)
