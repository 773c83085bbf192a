"""Characters that nobody sees: a report cannot make the screen, a file or a picture show a number in reverse."""

from __future__ import annotations

import base64
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from data.terms import FINDING_KINDS, TURNING, UNSEEN
from etl.__main__ import app, out
from pages.parts import format, markup, typeface
from tests import browser_app
from tests.conftest import House, annual, table

RLO, PDF, LRI, PDI, ZWSP, BOM = "\u202e", "\u202c", "\u2066", "\u2069", "\u200b", "\ufeff"
ODD = re.compile(f"[{UNSEEN}]")
NAME = f"好{RLO}事指{ZWSP}数"
#: 5.21 that reads 12.5, 130.5 with a break that nobody sees, and the rest of the family.
SAID = (
    f"2024年，全区地区生产总值558.2亿元，增长{RLO}5.21{PDF}%。规上工业增加值增长6.{ZWSP}7%，固定资产投资增长{LRI}15.4{PDI}%。"
    f"社会消费品零售总额130.5亿元，增长4%\x07\x1b[31m\x85\u2028\u00ad{BOM}。"
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> House:
    made = House(tmp_path_factory.mktemp("odd"))
    made.reports.mkdir()
    made.supplement.mkdir()
    cells = table(["指标名称", "计划目标", "完成情况"], ["GDP增速（%）", "7", f"{RLO}5.21{PDF}"], [f"{NAME}（分）", "80", "82"])
    text = annual(SAID + "\n\n" + cells, f"2025年，地区生产总值增长{RLO}6.51{PDF}%。", place=f"重庆市綦{ZWSP}江区")
    made.put("odd.txt", text)
    made.put("nanan.txt", annual("地区生产总值增长5.9%。", place="重庆市南岸区"))
    (made.supplement / "facts.csv").write_text(
        "district,year,indicator,measure,value,unit,source_title,publisher,source_url,retrieved_as,confidence,note\n"
        f"綦江区,2023,地区生产总值,level,500,亿元,公报{RLO}12,统计局{RLO}34,https://x.example/{RLO}a,official page,high,注{RLO}56\n",
        encoding="utf-8",
    )
    made.build()
    return made


@pytest.fixture(scope="module")
def board(odd) -> Iterator[str]:
    browser_app.chromium()
    with browser_app.server(odd.out) as address:
        yield address


def table_of(odd: House, name: str) -> pd.DataFrame:
    return pd.read_parquet(odd.out / f"{name}.parquet")


# ------------------------------------------------------------------------------------------------ the data
def test_quotes_keep_the_words_and_names_lose_what_nobody_sees(odd):
    facts, text = table_of(odd, "facts"), (odd.reports / "odd.txt").read_text(encoding="utf-8")
    mine = facts[(facts["report_id"] == "odd") & facts["quote"].notna()]
    assert any(RLO in said for said in mine["quote"])
    for row in mine.itertuples():
        assert text[int(row.char_start) : int(row.char_end)] == row.quote
    growth = mine[(mine["indicator_id"] == "gdp") & (mine["measure"] == "growth") & (mine["year"] == 2024) & (mine["status"] == "actual")]
    assert set(growth["value"]) == {5.21}
    assert "好事指数" in set(mine["indicator"]) and set(mine["district"]) == {"綦江"}
    for column in ("district", "indicator"):
        assert not ODD.search(" ".join(facts[column]))
    assert not ODD.search(" ".join(table_of(odd, "reports")["title"]))


def test_a_finding_names_the_characters_and_the_lines(odd):
    lines = (odd.reports / "odd.txt").read_text(encoding="utf-8").split("\n")
    found = table_of(odd, "findings").query("kind == 'unseen_characters'")
    assert list(found["report_id"]) == ["odd"] and list(found["severity"]) == ["warning"]
    first = next(n for n, line in enumerate(lines, 1) if ODD.search(line))
    assert found["line"].item() == first
    assert f"第{first}、" in found["message"].item() and "U+202E 4处" in found["message"].item()
    assert not ODD.search(found["message"].item())


def test_the_command_line_is_not_steered(odd):
    facts = table_of(odd, "facts").query("report_id == 'odd'")
    steering = facts[facts["quote"].fillna("").str.contains("\x1b|\u202e")]["fact_id"].iloc[0]
    for asked in (["explain", steering], ["build"]):
        options = ["--reports", str(odd.reports)] + (["--folder", str(odd.out)] if asked[0] == "explain" else ["--out", str(odd.root / "again")])
        told = CliRunner().invoke(app, [*asked, *options])
        assert told.exit_code == 0 and told.stdout and not ODD.search(told.output), told.output
    text = f"{RLO}12[3]\x1b]0;x\x07"
    with out.capture() as said:
        out.print(text, markup=False)
    assert said.get().strip() == "�12[3]�]0;x"  # the bell is left out


def test_what_counts_as_unseen():
    """Whatever turns text, by Unicode's own classes; controls but white space; the invisible formats."""
    for code in range(0x110000):
        letter = chr(code)
        if unicodedata.bidirectional(letter) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"):
            assert re.fullmatch(f"[{TURNING}]", letter), hex(code)
        if unicodedata.category(letter) == "Cc" and letter not in "\t\n\v\f\r":
            assert ODD.fullmatch(letter), hex(code)
        if unicodedata.category(letter)[0] in "LNPSM" or letter in " \u3000\u00a0":
            assert not ODD.fullmatch(letter) or letter in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc", hex(code)
    for letter in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u061c\u200e\u200f\ud800\ufffe":
        assert ODD.fullmatch(letter), hex(ord(letter))


def test_every_way_to_the_screen_shows_a_sign_in_its_place():
    text = f"<b>{RLO}5.21{PDF}</b>*\x1b\n"
    assert markup.escape(text) == "&lt;b&gt;�5.21�&lt;/b&gt;*�\n"
    assert not ODD.search(markup.literal(text)) and not ODD.search(markup.marked(text, [(3, 8)]))
    assert markup.marked(text, [(4, 8)]) == "&lt;b&gt;�<mark>5.21</mark>�&lt;/b&gt;*�\n"
    assert format.visible({"a": [text, 1, None]})["a"] == [text.translate({0x202E: 0xFFFD, 0x202C: 0xFFFD, 0x1B: 0xFFFD}), 1, None]
    assert typeface.clean(text) == "<b>□5.21□</b>*□\n"
    frame = pd.DataFrame({"t": [text, None], "n": [1.0, None], "o": pd.Series([RLO, 3], dtype=object)})
    shown = format.visible_frame(frame)
    assert shown["t"].tolist()[0] == format.visible(text) and pd.isna(shown["t"].iloc[1]) and shown["o"].tolist() == ["�", 3]
    assert format.visible_frame(shown) is shown
    assert "unseen_characters" in FINDING_KINDS


# ------------------------------------------------------------------------------------------------ the screen
#: Text of the page, of attributes that are read out, and of what stands in form fields.
SEEN = """() => {
  const found = [document.body.innerText, document.title];
  for (const e of document.querySelectorAll('*'))
    for (const name of ['title', 'aria-label', 'alt', 'aria-description', 'placeholder', 'data-go', 'href'])
      if (e.hasAttribute(name)) found.push(decodeURI(name === 'href' ? '' : e.getAttribute(name).replaceAll('%', '')));
  for (const e of document.querySelectorAll('svg text, canvas td, canvas th')) found.push(e.textContent);
  return found.join('\\n');
}"""
PAGES = [
    "/", "/?year=2025", "/compare?year=2024&measure=增速&table_shown=true", "/trend?table_shown=true", "/target_gap?table_shown=true",
    "/explore", "/explore?form=wide", "/explore?sql=SELECT quote, quote AS \"a\u202eb\" FROM facts WHERE report_id='odd'",
    "/sources?report=odd", "/sources?q=地区生产总值", "/method", "/method?part=需要留意&finding=看不见的字符", "/method?part=补充来源",
    "/method?part=口径",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path[:40])
def test_no_page_shows_them(chrome, board, path):
    page, _, query = path.partition("?")
    tab = browser_app.Visit(chrome, board).open(page + ("?" + quote(query, safe="=&") if query else ""))
    tab.page.wait_for_timeout(500)
    said = tab.page.evaluate(SEEN)
    # Streamlit itself ends the labels of its chips and buttons with a zero-width space
    assert not (found := {hex(ord(each)) for each in ODD.findall(said)}), found
    assert tab.errors == []
    if path.startswith("/sources?report"):
        assert "增长�5.21�%" in said and "�6.51�" in said
    if "finding=" in path:
        assert "U+202E" in said and "看不见的字符" in said


def test_the_panel_shows_the_number_in_its_own_order(chrome, board, odd):
    """Not only the characters: where the digits really stand on the screen."""
    facts = table_of(odd, "facts").query("report_id == 'odd' and value == 5.21")
    tab = browser_app.Visit(chrome, board).open(f"/?fact={facts['fact_id'].iloc[0]}")
    panel = tab.page.get_by_role("dialog")
    panel.locator("mark").first.wait_for()
    assert not ODD.search(panel.inner_text()) and "5.21" in panel.inner_text()
    places = panel.evaluate("""e => {
      const all = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      let node = all.nextNode();
      while (!(node.data.includes('5.21') && node.parentElement.closest('mark'))) node = all.nextNode();
      const at = node.data.indexOf('5.21');
      return [...Array(4).keys()].map(i => { const r = document.createRange(); r.setStart(node, at + i); r.setEnd(node, at + i + 1);
        return r.getBoundingClientRect().left; });
    }""")
    assert places == sorted(places) and len(set(places)) == 4


def test_the_files(chrome, board):
    tab = browser_app.Visit(chrome, board).open("/explore")
    for name in ("CSV", "XLSX", "数据包"):
        with tab.page.expect_download() as waiting:
            tab.page.get_by_role("button", name=name, exact=True).click()
        content = Path(waiting.value.path()).read_bytes()
        if name == "XLSX":
            said = " ".join(str(c.value) for s in openpyxl.load_workbook(io.BytesIO(content)) for row in s for c in row if c.value)
        elif name == "CSV":
            said = content.decode("utf-8-sig")
        else:
            package = zipfile.ZipFile(io.BytesIO(content))
            said = "".join(package.read(part).decode() for part in package.namelist())
        assert "�5.21�" in said and not ODD.search(said), name
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name="Parquet", exact=True).click()
    assert pd.read_parquet(waiting.value.path())["quote"].dropna().str.contains(RLO).any()


def test_pictures_and_slides(chrome, board):
    tab = browser_app.Visit(chrome, board).open("/compare?year=2024&measure=" + quote("增速"))
    tab.page.get_by_role("button", name="下载", exact=True).click()
    for name in ("SVG", "PPTX"):
        with tab.page.expect_download() as waiting:
            tab.page.get_by_role("button", name=name).click()
        content = Path(waiting.value.path()).read_bytes()
        if name == "PPTX":
            deck = zipfile.ZipFile(io.BytesIO(content))
            notes = "".join(deck.read(part).decode() for part in deck.namelist() if part.endswith(".xml"))
            assert "□5.21□" in notes and not ODD.search(notes)
        else:
            assert not ODD.search(content.decode())


def listed(*views: list) -> str:
    """The word of an address for these views, whatever they say: JSON names halves of pairs that no text file can hold."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(list(views)).encode(), 9)).decode().rstrip("=")


@pytest.mark.parametrize("word", ["\ud800", f"綦{RLO}江", "\x00"])
def test_an_address_with_them_is_put_into_words(chrome, board, word):
    tab = browser_app.Visit(chrome, board)
    for views in ([[word, []]], [["compare", [["district", word]]]], [["compare", [[word, word]]]]):
        tab.open("/present?list=" + listed(*views))
        said = tab.page.evaluate(SEEN)
        assert not ODD.search(said) and "这一页没能显示完整" not in said
    if word != "\ud800":
        for path in ("/sources?q=", "/trend?indicator=", "/explore?words=", "/compare?district="):
            tab.open(path + quote(word))
            assert "这一页没能显示完整" not in tab.page.locator("body").inner_text()
