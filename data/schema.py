"""Tables, columns, types and allowed values of data/parquet/, as pandera models.

This is the contract between ``etl`` (writes) and ``pages`` (reads). ``data/README.md`` explains the
same to analysts; ``tests/test_data_contract.py`` holds the two and a built data set together.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from data.terms import (
    BINDINGS,
    CATEGORIES,
    COMPARATORS,
    DISTRICT_LEVELS,
    FINDING_KINDS,
    GROWTH_BASES,
    INDICATOR_KINDS,
    MEASURES,
    ORIGINS,
    PASSAGE_KINDS,
    PERIODS,
    REASONS,
    REPORT_KINDS,
    SEVERITIES,
    STATUSES,
)


class _Table(pa.DataFrameModel):
    class Config:
        strict = False  # columns may be added
        coerce = False


class Facts(_Table):
    """One row for each observation stated in a source."""

    fact_id: Series[str] = pa.Field(unique=True)
    report_id: Series[str]
    district_code: Series[str] = pa.Field(nullable=True)
    district: Series[str]
    indicator_id: Series[str] = pa.Field(nullable=True)
    indicator: Series[str]
    category: Series[str] = pa.Field(nullable=True)
    measure: Series[str] = pa.Field(isin=MEASURES)
    status: Series[str] = pa.Field(isin=STATUSES)
    year: Series[pd.Int32Dtype] = pa.Field(ge=1949, le=2100)
    period: Series[str] = pa.Field(isin=PERIODS)
    period_start: Series[pd.Int32Dtype] = pa.Field(ge=1949, le=2100)
    value: Series[float] = pa.Field(nullable=True)
    unit: Series[str] = pa.Field(nullable=True)
    value_reported: Series[float] = pa.Field(nullable=True)
    unit_reported: Series[str] = pa.Field(nullable=True)
    comparator: Series[str] = pa.Field(isin=COMPARATORS)
    value_text: Series[str] = pa.Field(nullable=True)
    binding: Series[str] = pa.Field(nullable=True, isin=BINDINGS)
    origin: Series[str] = pa.Field(isin=ORIGINS)
    preferred: Series[bool]
    section: Series[str] = pa.Field(nullable=True)
    line_start: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=1)
    line_end: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=1)
    char_start: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=0)
    char_end: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=0)
    quote: Series[str] = pa.Field(nullable=True)
    rule: Series[str]
    derived_from: Series[object] = pa.Field(nullable=True)
    source_title: Series[str] = pa.Field(nullable=True)
    source_url: Series[str] = pa.Field(nullable=True)
    note: Series[str] = pa.Field(nullable=True)
    # added to the contract
    indicator_reported: Series[str] = pa.Field(nullable=True)  # the source's own words for the indicator
    qualifier: Series[str] = pa.Field(nullable=True)  # words of definition that bear on comparison: 同口径, 含万盛
    value_low: Series[float] = pa.Field(nullable=True)  # interval of a range or of a derived value, in `unit`
    value_high: Series[float] = pa.Field(nullable=True)
    confidence: Series[str] = pa.Field(nullable=True, isin=("high", "medium"))  # supplement only
    provisional: Series[str] = pa.Field(nullable=True)  # the report's word for a result that is an estimate: 预计

    @pa.dataframe_check(error="a value or words: value and value_text are both empty")
    def has_content(cls, df: pd.DataFrame) -> pd.Series:
        return df["value"].notna() | df["value_text"].notna()

    @pa.dataframe_check(error="period_start after year")
    def span_in_order(cls, df: pd.DataFrame) -> pd.Series:
        return df["period_start"] <= df["year"]


class Reports(_Table):
    """One row for each report read."""

    report_id: Series[str] = pa.Field(unique=True)
    title: Series[str]
    district_code: Series[str] = pa.Field(nullable=True)
    district: Series[str]
    kind: Series[str] = pa.Field(isin=REPORT_KINDS)
    year_from: Series[pd.Int32Dtype]  # annual: the year reported on; plan: its first year
    year_to: Series[pd.Int32Dtype]  # annual: the year planned; plan: its last year
    meeting_date: Series[str] = pa.Field(nullable=True)  # ISO date
    file: Series[str]
    sha256: Series[str]
    encoding: Series[str]
    lines: Series[pd.Int32Dtype]
    characters: Series[pd.Int32Dtype]


class Passages(_Table):
    """The reports themselves, for reading and search."""

    report_id: Series[str]
    line: Series[pd.Int32Dtype]
    kind: Series[str] = pa.Field(isin=PASSAGE_KINDS)
    section: Series[str] = pa.Field(nullable=True)
    text: Series[str]
    char_start: Series[pd.Int32Dtype]
    char_end: Series[pd.Int32Dtype]
    # added to the contract: where a table_cell stands, each counted from 1; empty for other kinds
    table_number: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=1)  # of the tables of the report
    table_row: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=1)
    table_column: Series[pd.Int32Dtype] = pa.Field(nullable=True, ge=1)

    @pa.dataframe_check(error="a table_cell has its table, row and column, and nothing else has")
    def placed(cls, df: pd.DataFrame) -> pd.Series:
        place = df[["table_number", "table_row", "table_column"]].notna()
        return place.all(axis=1).where(df["kind"] == "table_cell", ~place.any(axis=1))


class Numbers(_Table):
    """Every number of every report: a fact, or the reason why it is none."""

    report_id: Series[str]
    line: Series[pd.Int32Dtype]
    char_start: Series[pd.Int32Dtype]
    char_end: Series[pd.Int32Dtype]
    text: Series[str]
    fact_id: Series[str] = pa.Field(nullable=True)
    reason: Series[str] = pa.Field(nullable=True, isin=tuple(REASONS))

    @pa.dataframe_check(error="either fact_id or reason, and not both")
    def accounted_for(cls, df: pd.DataFrame) -> pd.Series:
        return df["fact_id"].notna() ^ df["reason"].notna()


class Findings(_Table):
    """What people should look at: contradictions, breaks, implausible values, cells not understood."""

    finding_id: Series[str] = pa.Field(unique=True)
    kind: Series[str] = pa.Field(isin=tuple(FINDING_KINDS))
    severity: Series[str] = pa.Field(isin=SEVERITIES)
    message: Series[str]
    fact_ids: Series[object]
    report_id: Series[str] = pa.Field(nullable=True)
    line: Series[pd.Int32Dtype] = pa.Field(nullable=True)


class Districts(_Table):
    """Administrative divisions, GB/T 2260."""

    district_code: Series[str] = pa.Field(unique=True, str_matches=r"^\d{6}$")
    district: Series[str]
    full_name: Series[str]
    level: Series[str] = pa.Field(isin=DISTRICT_LEVELS)
    parent_code: Series[str] = pa.Field(nullable=True)
    menu_order: Series[pd.Int32Dtype] = pa.Field(nullable=True)


class Indicators(_Table):
    """The indicator catalogue; row order is the order in menus."""

    indicator_id: Series[str] = pa.Field(unique=True, str_matches=r"^[a-z][a-z0-9_]*$")
    indicator: Series[str] = pa.Field(unique=True)
    category: Series[str] = pa.Field(isin=CATEGORIES)
    direction: Series[pd.Int32Dtype] = pa.Field(isin=(-1, 0, 1))
    unit_level: Series[str] = pa.Field(nullable=True)
    unit_growth: Series[str]
    unit_change: Series[str] = pa.Field(nullable=True)
    headline_order: Series[pd.Int32Dtype] = pa.Field(nullable=True)
    growth_basis: Series[str] = pa.Field(nullable=True, isin=GROWTH_BASES)
    kind: Series[str] = pa.Field(isin=INDICATOR_KINDS)
    plausible_min: Series[float] = pa.Field(nullable=True)
    plausible_max: Series[float] = pa.Field(nullable=True)
    plausible_step: Series[float] = pa.Field(nullable=True)  # largest plausible change from one year to the next
    sdmx_concept: Series[str] = pa.Field(nullable=True)
    definition: Series[str] = pa.Field(nullable=True)


TABLES: dict[str, type[_Table]] = {
    "facts": Facts,
    "reports": Reports,
    "passages": Passages,
    "numbers": Numbers,
    "findings": Findings,
    "districts": Districts,
    "indicators": Indicators,
}


def columns(table: str) -> list[str]:
    """Column names of a table, in the order of the contract."""
    return list(TABLES[table].to_schema().columns)


def typed(table: str, df: pd.DataFrame) -> pd.DataFrame:
    """``df`` with the contract's columns in order and their types; missing columns become empty."""
    out = {}
    for name, column in TABLES[table].to_schema().columns.items():
        values = df[name] if name in df else pd.Series([None] * len(df), index=df.index, dtype=object)
        dtype = str(column.dtype)
        if dtype == "Int32":
            values = pd.to_numeric(values).astype("Int32")
        elif dtype.startswith("float"):
            values = pd.to_numeric(values).astype("float64")
        elif dtype == "bool":
            values = values.astype(bool)
        elif dtype.startswith("str"):
            values = values.where(values.notna(), None).astype("str")
        else:
            values = values.astype(object)
        out[name] = values
    return pd.DataFrame(out, index=df.index)
