"""Who may come in when sign-in by OpenID Connect is on: the operator's rules, and the check that each run begins with.

Off unless ``.streamlit/secrets.toml`` has a section [auth]. Then the rules must be complete: a server with half of them
does not start. pages/parts/door.py asks the same question for every request before Streamlit sees it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.url_util import make_url_path

#: PLANBOARD_SIGN_IN=on: do not start without [auth], so that a file left behind does not open the server.
SWITCH = "PLANBOARD_SIGN_IN"
HOURS = 12
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_ALLOW = {"emails", "domains", "claim", "values", "trust_email", "hours"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_SHORTEST = 32

NOBODY, STRANGER, WELCOME = "nobody", "stranger", "welcome"
ASK = "请先登录。"
FAILED = "登录没有成功：登录服务没有应答，或没有认可这一次登录。请稍后再试；若仍不行，请告诉管理员。"
LATE = "登录已失效，请重新登录。"
SHUT = "看板暂不开放：登录的设置不完整。请告诉管理员。"
REFUSED = "这个账号不在允许名单中（或登录服务没有证实它的邮箱），不能查看本看板。需要使用的，请联系管理员；也可以退出登录，换一个账号。"


class Incomplete(Exception):
    """The rules are not usable; the message says in Chinese what is missing, and names no secret."""


@dataclass(frozen=True)
class Rules:
    """Whom the operator lets in: addresses, domains of addresses, or values of a claim; and for how many seconds."""

    emails: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    claim: str = ""
    values: frozenset[str] = frozenset()
    trust_email: bool = False
    seconds: float = HOURS * 3600.0


#: Set once the door stands: a server that began with sign-in does not open because its file is gone.
_kept = threading.Event()


def keep() -> None:
    """From now on no rules are incomplete rules, not sign-in switched off; until the server ends."""
    _kept.set()


_looking = threading.Lock()
_files: tuple | None = None


def _look_again() -> None:
    """Have secrets.toml read again when it is another than before.

    Streamlit does so for a file that grows newer, a little later, and never again after one it could not read; a list put
    back from an older copy, or mended, must count as well.
    """
    global _files
    with _looking:
        before, _files = _files, tuple(_state(place) for place in st.get_option("secrets.files"))
        if before is not None and before != _files:
            st.secrets._reset()


def _state(place: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(place)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def rules() -> Rules | None:
    """The rules of this server as they are now, None when sign-in is off; raises Incomplete."""
    _look_again()
    try:
        auth = st.secrets.to_dict().get("auth")
    except (StreamlitSecretNotFoundError, OSError, ValueError):
        # Streamlit says the same of a file that is not there and of one it cannot read
        if any(Path(place).exists() for place in st.get_option("secrets.files")):
            raise Incomplete("secrets.toml 读不出来，请检查它的写法（TOML，UTF-8）。") from None
        auth = None
    switch = os.environ.get(SWITCH, "")
    if switch not in ("", "on"):
        raise Incomplete(f"环境变量 {SWITCH} 只能是 on 或不设。")
    if auth is None:
        if switch:
            raise Incomplete(f"{SWITCH}=on，但 secrets.toml 中没有 [auth] 一节。")
        if _kept.is_set():
            raise Incomplete("secrets.toml 中的 [auth] 一节不见了；要关闭登录，请重新启动看板。")
        return None
    return read(auth)


def read(auth: object) -> Rules:
    """The rules in the section [auth]; raises Incomplete where anything is missing or not understood."""
    if not isinstance(auth, Mapping):
        raise Incomplete("secrets.toml 中的 auth 应当是一节：[auth]。")
    missing = [name for name in _NEEDED if not (isinstance(auth.get(name), str) and auth[name].strip())]
    if missing:
        raise Incomplete(f"secrets.toml 的 [auth] 缺少：{'、'.join(missing)}。")
    if len(auth["cookie_secret"]) < _SHORTEST:
        raise Incomplete(f"[auth] 的 cookie_secret 太短，至少{_SHORTEST}个字符，随机生成。")
    for name in ("redirect_uri", "server_metadata_url"):
        parts = urlsplit(auth[name])
        if not parts.hostname or parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise Incomplete(f"[auth] 的 {name} 应当是 https:// 开头的地址。")
    if not urlsplit(auth["redirect_uri"]).path.endswith("/oauth2callback"):
        raise Incomplete("[auth] 的 redirect_uri 应当以 /oauth2callback 结尾。")
    try:
        import authlib  # noqa: F401 - what st.login needs
    except ImportError:
        raise Incomplete("没有安装 Authlib，请按 requirements.txt 安装依赖。") from None
    return _allowed(auth.get("allow"))


def _allowed(allow: object) -> Rules:
    if not isinstance(allow, Mapping) or not allow:
        raise Incomplete("secrets.toml 中没有 [auth.allow]：请写明允许谁进入（emails、domains，或 claim 和 values）。")
    unknown = sorted(set(allow) - _ALLOW)
    if unknown:
        raise Incomplete(f"[auth.allow] 中有不认识的设置：{'、'.join(unknown)}。可用：{'、'.join(sorted(_ALLOW))}。")
    lists = {}
    for name in ("emails", "domains", "values"):
        said = allow.get(name, [])
        if not isinstance(said, list) or not all(isinstance(each, str) and each.strip() for each in said):
            raise Incomplete(f"[auth.allow] 的 {name} 应当是一列文字。")
        lists[name] = frozenset(each.strip() for each in said)
    claim, hours, trust = allow.get("claim", ""), allow.get("hours", HOURS), allow.get("trust_email", False)
    if not isinstance(claim, str) or bool(claim) != bool(lists["values"]):
        raise Incomplete("[auth.allow] 的 claim 和 values 要一起写。")
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24 * 30:
        raise Incomplete("[auth.allow] 的 hours 应当大于0，不超过720。")
    if not isinstance(trust, bool):
        raise Incomplete("[auth.allow] 的 trust_email 只能是 true 或 false。")
    if any("@" not in each for each in lists["emails"]) or any("@" in each or "*" in each for each in lists["domains"]):
        raise Incomplete("[auth.allow] 的 emails 写完整的地址，domains 只写“@”后面的部分，不用通配符。")
    if not any(lists.values()):
        raise Incomplete("[auth.allow] 没有允许任何人：请写 emails、domains，或 claim 和 values。")
    return Rules(
        frozenset(map(_plain, lists["emails"])),
        frozenset(map(_plain, lists["domains"])),
        claim,
        lists["values"],
        trust,
        hours * 3600.0,
    )


def _plain(text: str) -> str:
    # Only ASCII letters are the same in both cases: some other letters become ASCII ones in lower case.
    return text.lower() if text.isascii() else text


# who is asking ------------------------------------------------------------------------------------------------------
#: Sign-ins that were ended by signing out, and when; a cookie that was copied is worth nothing after that.
_ended: dict[tuple, float] = {}


def _one(claims: Mapping) -> tuple:
    return tuple(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))


def end(claims: Mapping, seconds: float) -> None:
    """Signing out ends this sign-in in every tab and for every copy of its cookie, as long as this server runs."""
    now = time.time()
    for one in [one for one, at in list(_ended.items()) if now - at > seconds]:
        _ended.pop(one, None)
    _ended[_one(claims)] = now


def standing(claims: Mapping, allowed: Rules, now: float | None = None) -> str:
    """NOBODY (not signed in, or not any more), STRANGER (signed in, not on the list) or WELCOME.

    ``claims``: what the provider says of the person, as Streamlit keeps it in its signed cookie.
    """
    now = time.time() if now is None else now
    since = claims.get("iat")
    if claims.get("is_logged_in") is not True or isinstance(since, bool) or not isinstance(since, int | float):
        return NOBODY
    if not -300 <= now - since <= allowed.seconds or _one(claims) in _ended:
        return NOBODY
    if allowed.claim:
        said = claims.get(allowed.claim)
        if allowed.values & {each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)}:
            return WELCOME
    email, verified = claims.get("email"), claims.get("email_verified")
    if isinstance(email, str) and (verified is True or verified is None and allowed.trust_email):
        email = _plain(email.strip())
        name, _, domain = email.rpartition("@")
        if name and (email in allowed.emails or domain in allowed.domains):
            return WELCOME
    return STRANGER


def name(claims: Mapping) -> str:
    """What to call the person on the screen."""
    said = claims.get("email") or claims.get("preferred_username") or claims.get("name") or claims.get("sub")
    return said if isinstance(said, str) else ""


# the check in each run ----------------------------------------------------------------------------------------------
def require() -> None:
    """Called by app.py before anything is read: shows why somebody may not go on and ends the run.

    Requests without a session do not come this far (door.py). This is for tabs whose sign-in has ended since they were
    opened, and for servers that are started without app.py's own server.
    """
    try:
        allowed = rules()
    except Incomplete as wrong:
        _refuse("登录没有设置好", f"看板没有开放。请管理员处理：{wrong}")
    if allowed is None:
        return
    found = standing(st.user.to_dict(), allowed)
    if found == STRANGER:
        _refuse("没有权限", REFUSED, ("退出登录", st.logout))
    if found == NOBODY:
        _refuse("请登录", LATE if st.user.to_dict().get("is_logged_in") else ASK, ("登录", st.login))


def signed_in() -> str:
    """The name of the person, "" when sign-in is off."""
    claims = st.user.to_dict()
    return name(claims) if claims.get("is_logged_in") is True else ""


def leave() -> str:
    """The address for signing out."""
    return make_url_path(st.get_option("server.baseUrlPath") or "", "auth/logout")


def _refuse(title: str, words: str, way: tuple | None = None) -> None:
    st.title(title, anchor=False)
    st.text(words)
    if way:
        label, act = way
        st.button(label, on_click=act, type="primary")
    st.stop()
