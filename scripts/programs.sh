#!/bin/sh
# The programs that single tests want: Chromium with a Chinese font (the pages), nginx (deploy/nginx.conf),
# PostgreSQL (the shared database), Node (the web client's bundle). Installed where apt allows; else one line
# says what is missing, and the tests that want it leave themselves out, which fails in CI.
set -eu

have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }

missing=
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium fonts-noto-cjk"
have nginx || missing="$missing nginx-light"
have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
have npm || missing="$missing nodejs npm"
[ -n "$missing" ] || exit 0

if have apt-get; then
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi
    printf '→ 安装测试用的程序：%s\n' "$missing" >&2
    # Debian starts services when it installs them; these are started by the tests alone.
    # shellcheck disable=SC2086
    if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
printf '! 没有%s：要用它们的测试会跳过（在 CI 里算失败）\n' "$missing" >&2
