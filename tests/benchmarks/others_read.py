"""Figures read by other packages; runs in a virtual environment that has them: python others_read.py PACKAGE FILE...

Prints one line of JSON: seconds (CPU, without loading), and for each file its figures as [line, value, unit or ""].
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

_KINDS = {"元": "元", "美元": "美元"}


def jionlp_reader():
    """Amounts of money, the only figures with a unit that the package reads out of running text."""
    import jionlp as jio

    def read(text: str) -> list[tuple[float, str]]:
        found = []
        for money in jio.ner.extract_money(text, with_parsing=True):
            number = (money["detail"] or {}).get("num")
            for value in number if isinstance(number, list) else [number]:
                if value is not None:
                    found.append((float(value), _KINDS.get(money["detail"]["case"], money["detail"]["case"])))
        return found

    return read


def recognizers_reader():
    """Numbers, percentages, amounts of money and dimensions, as the package knows them in Chinese."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    money = {"CNY": "元", "USD": "美元"}

    def read(text: str) -> list[tuple[float, str]]:
        found = []
        for recognise, unit_of in ((recognize_number, lambda _: ""), (recognize_percentage, lambda _: "%"),
                                   (recognize_currency, lambda r: money.get(r.get("isoCurrency"), r.get("unit") or "")),
                                   (recognize_dimension, lambda r: r.get("unit") or "")):
            for result in recognise(text, Culture.Chinese):
                said = result.resolution or {}
                try:
                    found.append((float(str(said.get("value")).rstrip("%")), unit_of(said)))
                except ValueError:
                    continue
        return found

    return read


def main() -> None:
    package, *files = sys.argv[1:]
    read = {"jionlp": jionlp_reader, "recognizers-text-suite": recognizers_reader}[package]()
    texts = {file: Path(file).read_text(encoding="utf-8") for file in files}
    read("地区生产总值558.2亿元，增长5.5%，粮食产量36万吨。")  # loads what is loaded once
    found, failed = {}, 0
    start = time.process_time()
    for file, text in texts.items():
        found[file] = []
        for number, line in enumerate(text.split("\n"), 1):
            try:
                found[file] += [[number, value, unit] for value, unit in read(line)] if line.strip() else []
            except Exception:  # noqa: BLE001 what it cannot read is not found
                failed += 1
    print(json.dumps({"seconds": time.process_time() - start, "failed": failed, "found": found}))


if __name__ == "__main__":
    main()
