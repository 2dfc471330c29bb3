import numpy as np
import pytest

from beian.nlu import vector_cache
from beian.nlu.vector_cache import vectors_of


@pytest.fixture
def encoded(monkeypatch):
    """An encoder of one number, the text's length; holds the texts it was asked for."""
    asked: list[str] = []

    def encode_many(_name, texts, workers=1):
        asked.extend(texts)
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    monkeypatch.setattr(vector_cache.encoders, "load_encoder", lambda _name: encode_many)
    monkeypatch.setattr(vector_cache.encoders, "encode_many", encode_many)
    return asked


def test_vectors_are_kept_by_content(encoded, tmp_path):
    assert vectors_of("fast", ["一", "二二"], tmp_path).tolist() == [[1], [2]]
    assert encoded == ["一", "二二"]
    assert vectors_of("fast", ["二二", "三三三", "一"], tmp_path).tolist() == [[2], [3], [1]]
    assert encoded == ["一", "二二", "三三三"], "only what is new is encoded"


def test_what_is_no_longer_needed_is_dropped(encoded, tmp_path):
    vectors_of("fast", ["一", "二二"], tmp_path)
    vectors_of("fast", ["三三三"], tmp_path)
    vectors_of("fast", ["一"], tmp_path)
    assert encoded == ["一", "二二", "三三三", "一"]


def test_repeats_are_encoded_once(encoded, tmp_path):
    assert vectors_of("fast", ["一", "一"], tmp_path).tolist() == [[1], [1]]
    assert encoded == ["一"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 half"])
def test_an_unreadable_file_is_written_anew(encoded, tmp_path, content):
    file = tmp_path / "vectors-fast-messages.npz"
    file.write_bytes(content)
    assert vectors_of("fast", ["一"], tmp_path).tolist() == [[1]]
    vectors_of("fast", ["一"], tmp_path)
    assert encoded == ["一"]
    assert [path.name for path in tmp_path.iterdir()] == ["vectors-fast-messages.npz"], (
        "no temporary file is left"
    )


def test_without_the_encoder_there_are_none(monkeypatch, tmp_path):
    monkeypatch.setattr(vector_cache.encoders, "load_encoder", lambda _name: None)
    assert vectors_of("fast", ["一"], tmp_path) is None
    assert not list(tmp_path.iterdir())
