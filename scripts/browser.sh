#!/bin/sh
# Make sure a Chromium and a Chinese font are there for the browser tests; install them where apt allows.
set -eu
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
    printf '→ 安装 Chromium（浏览器测试用）\n' >&2
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
    exit 0
fi
printf '✗ 没有找到 Chromium，请先安装 Chromium 或 Chrome，再运行 make test\n' >&2
exit 1
