import pytest


@pytest.fixture(scope="module")
def site(make_server, tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    static = root / "static"
    static.mkdir()
    (static / "index.html").write_text("<!doctype html><title>示例</title>", encoding="utf-8")
    (static / "embed.js").write_text("'use strict'", encoding="utf-8")
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
