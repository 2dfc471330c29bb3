#!/bin/sh
# Set up .venv from requirements.lock: find or fetch uv and Python 3.10, then install.
# Does nothing when the environment already matches the lock file.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "✗ $*"; exit 1; }

stamp=$( (cat requirements.lock; sed -n '/^\[project/,/^\[tool/p' pyproject.toml beian_suite/pyproject.toml) | cksum)
if [ -x .venv/bin/python ] && [ "$(cat .venv/.stamp 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi
begun=$(date +%s)

# --- uv: the one on PATH, or a private one installed with any Python 3.8+ ----------------
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    UV=uv
elif [ -x .uv/bin/uv ]; then
    UV=.uv/bin/uv
else
    say "→ 准备安装工具 uv"
    boot=
    for candidate in python3 python /usr/bin/python3 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
            boot=$candidate
            break
        fi
    done
    [ -n "$boot" ] || die "没有找到可用的 Python 3.8+（需带 venv 模块）或 uv，请先安装其中之一"
    rm -rf .uv
    "$boot" -m venv .uv
    .uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv==0.9.30' || die "安装 uv 失败，请检查网络后重试"
    UV=.uv/bin/uv
fi

# --- Python 3.10: on PATH, in pyenv, known to uv, or fetched by uv -----------------------
python=
for candidate in python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 /usr/local/bin/python3.10 /usr/bin/python3.10; do
    # a pyenv shim can exist and still not run: only one that answers counts
    if found=$("$candidate" -c 'import sys; assert sys.version_info[:2] == (3, 10); print(sys.executable)' 2>/dev/null); then
        python=$found
        break
    fi
done
if [ -z "$python" ]; then
    python=$("$UV" python find --no-project 3.10 2>/dev/null || true)
fi
if [ -z "$python" ]; then
    say "→ 下载 Python 3.10"
    "$UV" python install 3.10 || die "下载 Python 3.10 失败，请检查网络，或自行安装 Python 3.10 后重试"
    python=$("$UV" python find --no-project 3.10)
fi

say "→ 用 $("$python" --version) 建立 .venv（首次约需几分钟）"
rm -rf .venv
"$UV" venv --quiet --no-project --python "$python" .venv
"$UV" pip sync --quiet --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock || die "安装依赖失败，请检查网络后重试"
"$UV" pip install --quiet --no-deps --no-build-isolation --python .venv/bin/python \
    --editable ./beian_suite --editable .
printf '%s\n' "$stamp" >.venv/.stamp
say "✓ 环境就绪，用时 $(($(date +%s) - begun)) 秒"
