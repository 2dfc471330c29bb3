"""The head of a request, checked by itself."""

import pytest

from beian.server.heads import BadHeadError, check_head, chunk_size


def head(*lines: str, target: str = "/api/config", version: str = "1.1") -> bytes:
    return "\r\n".join([f"GET {target} HTTP/{version}", *lines]).encode("latin-1")


@pytest.mark.parametrize(
    "right",
    [
        head("Host: a"),
        head("Host: a", "Content-Length: 3"),
        head("Host: a", "Transfer-Encoding: chunked"),
        head("X-A: 1", "X-A: 2", "X-B:\t说".encode().decode("latin-1")),
        head(target="/%E5%A4%87?q=%20"),
        head("Host: [::1]:5005", version="1.0"),
    ],
)
def test_what_is_right_passes(right):
    check_head(right)


@pytest.mark.parametrize(
    "wrong",
    [
        head("Host: a", "Host: a"),
        head("Content-Length: 3", "content-length: 3"),
        head("Content-Length: 3", "Transfer-Encoding: chunked"),
        head("Content-Length: +3"),
        head("Content-Length: 3 "),
        head("Transfer-Encoding: gzip, chunked"),
        head("Transfer-Encoding: chunked", version="1.0"),
        head("Host: a b"),
        head(" folded: x"),
        head("no colon"),
        head("X: a\x00b"),
        head("X: a\x7fb"),
        head(target="/%00"),
        head(target="/%zz"),
        head(target="/%ff"),
        head(target="/#x"),
        head(version="2.0"),
        b"GET  / HTTP/1.1",
    ],
)
def test_what_is_not_is_refused(wrong):
    with pytest.raises(BadHeadError):
        check_head(wrong)


def test_sizes_of_chunks():
    assert chunk_size(b"1f") == chunk_size(b"1F;name=value") == 31
    for line in (b"", b"-1", b"0x1", b"123456789", b"1 "):
        with pytest.raises(BadHeadError):
            chunk_size(line)
