#!/bin/sh
# Make sure an nginx is there for the test of deploy/nginx.conf; install it where apt allows. Without it that
# test is skipped and says so.
set -eu
if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi
    printf '→ 安装 nginx（检查 deploy/nginx.conf 用，不启动）\n' >&2
    # Debian starts services when it installs them; this one only checks a file.
    if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends nginx-light >/dev/null; then
        exit 0
    fi
fi
printf '! 没有 nginx：跳过对 deploy/nginx.conf 的检查\n' >&2
