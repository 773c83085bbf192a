"""make run and make data build what is missing or old, and never build over reports they do not have."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not (ROOT / ".venv" / "bin" / "python").is_file(), reason="no .venv: make setup")
def test_a_folder_with_reports_of_its_own_is_not_built_over(folder, tmp_path):
    own = tmp_path / "parquet"
    shutil.copytree(folder, own)
    manifest = json.loads((own / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"] = {"reports/banan-2024.txt": "0"}
    (own / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    ran = subprocess.run(
        ["bash", str(ROOT / ".ci" / "build_data.sh"), "lenient"],
        env={**os.environ, "PLANBOARD_DATA": str(own)}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0 and "banan-2024.txt" in ran.stderr and "不重新生成" in ran.stderr
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before
