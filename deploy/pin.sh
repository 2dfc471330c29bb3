#!/bin/sh
# Write images.pinned.env: the images of images.env with the digests the registry has for them now.
# With --check: only say whether images.pinned.env names every image by digest.
set -eu
cd "$(dirname "$0")"
pinned=images.pinned.env

check() {
    [ -f "$pinned" ] || { printf '✗ 没有 deploy/%s：先运行 sh deploy/pin.sh\n' "$pinned" >&2; return 1; }
    sed -n 's/^\([A-Z]*_IMAGE\)=.*/\1/p' images.env | {
        bad=0
        while read -r name; do
            if ! grep -Eq "^$name=[a-z0-9./_-]+(:[A-Za-z0-9._-]+)?@sha256:[0-9a-f]{64}\$" "$pinned"; then
                printf '✗ deploy/%s：%s 没有写成 名字:标签@sha256:64 位摘要\n' "$pinned" "$name" >&2
                bad=1
            fi
        done
        return "$bad"
    }
}

if [ "${1:-}" != --check ]; then
    command -v docker >/dev/null 2>&1 || { printf '✗ 需要 docker（带 buildx）来查摘要\n' >&2; exit 1; }
    grep -E '^[A-Z]+_IMAGE=' images.env >"$pinned.tags"
    : >"$pinned.new"
    while IFS='=' read -r name image; do
        digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}') || {
            rm -f "$pinned.new" "$pinned.tags"
            printf '✗ 查不到 %s 的摘要\n' "$image" >&2
            exit 1
        }
        printf '%s=%s@%s\n' "$name" "$image" "$digest" >>"$pinned.new"
    done <"$pinned.tags"
    rm -f "$pinned.tags"
    mv "$pinned.new" "$pinned"
fi
check
printf '✓ deploy/%s：每个镜像都有摘要\n' "$pinned" >&2
