"""Ask an advisory service about the pinned packages: ends with 1 only where a known vulnerability is found.

No service within reach is no fault of the code, and it is not a clean bill either: it is said in words. Some package
mirrors answer for every package that they know of no advisory; so a version with old, well-known ones is asked about first.
One answer holds for a day.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / ".ci" / "constraints.txt"
STAMP = ROOT / ".venv" / ".stamp-audit"
KNOWN_BAD = "urllib3==1.24.1"
#: Advisories that do not concern this use, each with the reason: {"GHSA-...": "..."}.
ACCEPTED: dict[str, str] = {}


def ask(service: str, pins: str, seconds: float) -> list[dict] | None:
    """What pip-audit says of each pin; None when the service cannot be asked."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text(pins, encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(listed), "--no-deps", "--disable-pip", "-s", service]
        command += ["-f", "json", "--progress-spinner", "off", "--timeout", "5", "--cache-dir", str(Path(folder) / "cache")]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
            return json.loads(ran.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None


def main() -> int:
    """The exit status."""
    # markers are for the installer; every pin is asked about
    pins = sorted({line.split(";")[0].strip() for line in PINS.read_text(encoding="utf-8").splitlines() if "==" in line})
    text = "\n".join(pins)
    key = hashlib.sha256((text + json.dumps(ACCEPTED)).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text().strip() == key and time.time() - STAMP.stat().st_mtime < 86_400:
        return 0
    for service in ("pypi", "osv"):
        tried = ask(service, KNOWN_BAD, 10)
        if tried and tried[0].get("vulns"):
            break
    else:
        print("依赖漏洞：没有核对。连不上漏洞信息服务（PyPI、OSV），不等于没有漏洞；请在能访问的机器上运行 make lint。")
        return 0
    found = ask(service, text, 120)
    if found is None:
        print(f"依赖漏洞：没有核对完，{service} 没有及时答复，请稍后再运行 make lint。")
        return 0
    bad = [(each, v) for each in found for v in each.get("vulns", []) if not {v["id"], *v["aliases"]} & set(ACCEPTED)]
    for each, v in bad:
        print(f"依赖漏洞：{each['name']} {each['version']} {v['id']}，修正版本 {'、'.join(v['fix_versions']) or '尚无'}")
    skipped = [each["name"] for each in found if "skip_reason" in each]
    if skipped:
        print(f"依赖漏洞：{service} 没有这些包的信息：{'、'.join(skipped)}")
    if not bad:
        print(f"依赖漏洞：{len(found) - len(skipped)}个包没有已知漏洞（{service}）")
        if not skipped:
            STAMP.parent.mkdir(exist_ok=True)
            STAMP.write_text(key)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
