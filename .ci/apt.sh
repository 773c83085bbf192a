# Sourced by the set-up scripts: Debian packages where that is possible without asking anyone.

say() { printf '%s\n' "$*" >&2; }

# as_root CMD...: run as root, or with sudo when it asks for no password; fails when neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1; fi
}

apt_install() {
  command -v apt-get >/dev/null && as_root true || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
