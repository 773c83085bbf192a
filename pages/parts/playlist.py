"""The list of views to be presented: in an address as one short word, in a file as text that people can read. Pure."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

#: Longer lists make addresses that some programs cut.
MOST = 40
#: An address says no more than this, however well it was packed.
_LONGEST = 200_000
NAME = "区县规划看板放映单"


@dataclass(frozen=True)
class View:
    """A page and its filters as they stand in the address: pairs of name and label."""

    page: str
    query: tuple[tuple[str, str], ...] = ()


class Unreadable(ValueError):
    """The list cannot be read; the message says why, for people."""


def encode(views: Sequence[View]) -> str:
    """The views as one word for an address."""
    plain = json.dumps([[view.page, *map(list, view.query)] for view in views], ensure_ascii=False)
    packed = zlib.compress(plain.encode("utf-8", "surrogatepass"), 9)
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def decode(word: str, pages: Collection[str]) -> list[View]:
    """The views behind such a word; raises Unreadable."""
    try:
        packed = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        unpack = zlib.decompressobj()
        plain = unpack.decompress(packed, _LONGEST)
        if unpack.unconsumed_tail or not unpack.eof:
            raise ValueError("cut off")
        found = [
            View(page, tuple((name, label) for name, label in query)) for page, *query in json.loads(plain.decode())
        ]
    except (ValueError, TypeError, zlib.error, binascii.Error) as error:
        raise Unreadable(
            "网址中的放映单不完整，可能复制时少了一段。请重新复制网址，或打开保存的放映单文件。"
        ) from error
    return _checked(found, pages)


def to_file(views: Sequence[View]) -> bytes:
    """The views as a JSON file: 画面 is a list of 页面 and 筛选, name -> labels."""
    said = []
    for view in views:
        filters: dict[str, list[str]] = {}
        for name, label in view.query:
            filters.setdefault(name, []).append(label)
        said.append({"页面": view.page, "筛选": filters})
    return (json.dumps({NAME: 1, "画面": said}, ensure_ascii=False, indent=1) + "\n").encode()


def from_file(content: bytes, pages: Collection[str]) -> list[View]:
    """The views in such a file; raises Unreadable."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
        if NAME not in said:
            raise ValueError("another kind of file")
        found = [
            View(each["页面"], tuple((name, label) for name, labels in each["筛选"].items() for label in labels))
            for each in said["画面"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("这不是本看板保存的放映单文件，没有读入。") from error
    return _checked(found, pages)


def _checked(views: list[View], pages: Collection[str]) -> list[View]:
    for number, view in enumerate(views, 1):
        if not isinstance(view.page, str) or view.page not in pages:
            raise Unreadable(f"放映单的第{number}个画面所在的页面“{view.page}”不存在，没有读入。")
        if not all(isinstance(word, str) for pair in view.query for word in pair):
            raise Unreadable(f"放映单的第{number}个画面的筛选写法不对，没有读入。")
    if len(views) > MOST:
        raise Unreadable(f"放映单有{len(views)}个画面，最多{MOST}个。")
    return views
