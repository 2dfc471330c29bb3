import gzip
import hashlib

import pytest

BIG = "const 数 = 1;\n" * 100


@pytest.fixture(scope="module")
def site(make_server, tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    static = root / "static"
    static.mkdir()
    (static / "index.html").write_text("<!doctype html><title>示例</title>", encoding="utf-8")
    (static / "embed.js").write_text("'use strict'", encoding="utf-8")
    (static / "big.js").write_text(BIG, encoding="utf-8")
    (static / "big.js.br").write_bytes(b"packed")
    (static / "error.html").write_text('[[status]] [[message]] <a href="[[up]]chat">', encoding="utf-8")
    (static / "app.js").write_text("1", encoding="utf-8")
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    (static / "link").symlink_to(root / "secret.txt")
    return make_server(static=static)


def test_pages_and_files(site):
    page = site.client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "示例" in page.text
    assert site.client.get("/embed.js").headers["content-type"].startswith("text/javascript")
    assert site.client.get("/static/app.js").text == "1"


def test_a_page_that_was_not_built_is_a_plain_404(site):
    response = site.client.get("/chat")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_unchanged_files_are_not_sent_again(site):
    etag = site.client.get("/static/app.js").headers["ETag"]
    assert site.client.get("/static/app.js", headers={"If-None-Match": etag}).status_code == 304


def test_what_is_named_by_its_digest_is_kept_for_ever(site):
    built = hashlib.sha256(BIG.encode()).hexdigest()[:12]

    def kept(path):
        return site.client.get(path).headers["Cache-Control"]

    assert "immutable" in kept(f"/static/big.js?v={built}")
    # An old page asks for what is no longer there: the answer must not be kept under that name.
    assert kept("/static/big.js?v=000000000000") == "no-cache"
    assert kept("/static/big.js") == "no-cache"
    assert "stale-while-revalidate" in kept("/embed.js")
    assert kept("/") == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_files_are_sent_compressed_as_the_client_can_read_them(site, accepted, coding):
    with site.client.stream("GET", "/static/big.js", headers={"Accept-Encoding": accepted}) as response:
        body = b"".join(response.iter_raw())
    assert response.headers.get("Content-Encoding") == coding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert int(response.headers["Content-Length"]) == len(body)
    whole = {"br": b"packed", "gzip": None, None: BIG.encode()}[coding] or BIG.encode()
    assert (gzip.decompress(body) if coding == "gzip" else body) == whole


def test_packed_files_have_no_address(site):
    assert site.client.get("/static/big.js.br").status_code == 404


@pytest.mark.parametrize("path", ["/", "/embed.js", "/static/big.js"])
def test_head_says_what_get_would(site, path):
    head, get = site.client.head(path), site.client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == get.headers[name]


def test_people_at_a_wrong_address_get_a_page(site):
    page = site.client.get("/a/<b>/c", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "没有这个地址或内容。" in page.text
    assert 'href="../../chat"' in page.text
    assert "<b>" not in page.text
    # A page that is not built, and programs: as before.
    for path in ("/api/nothing", "/static/nothing"):
        assert site.client.get(path, headers={"Accept": "text/html"}).json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/..%2fsecret.txt",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/link",
        "/static/",
        "/static/" + "x" * 300,
    ],
)
def test_nothing_outside_the_folder(site, path):
    assert site.client.get(path).status_code == 404


def test_no_name_of_a_file_holds_nul(site):
    assert site.client.get("/static/a%00b").status_code == 400
