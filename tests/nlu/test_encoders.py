import logging

import numpy as np
import pytest

from beian.nlu import encoders


@pytest.fixture(autouse=True)
def forget():
    """Encoders are loaded once a process: forget that before and after."""
    encoders.load_encoder.cache_clear()
    yield
    encoders.load_encoder.cache_clear()


def test_alike_in_meaning_is_near_in_numbers():
    same, alike, other = encoders.encode_many("fast", ["审核要多久", "多长时间能批下来", "今天吃什么好"])
    assert same.shape == (encoders.DIMENSIONS["fast"],)
    assert np.isclose(np.linalg.norm(same), 1, atol=1e-3)
    assert same @ alike > same @ other


def test_one_and_many_agree():
    texts = ["审核要多久", "换服务器", "啊" * 1000]
    many = encoders.encode_many("fast", texts)
    for text, vector in zip(texts, many, strict=True):
        assert np.allclose(encoders.encode_few("fast", [text])[0], vector, atol=1e-5)


def test_nothing_to_encode():
    assert encoders.encode_many("fast", []).shape == (0, encoders.DIMENSIONS["fast"])


def test_switched_off(monkeypatch, caplog):
    monkeypatch.setenv(encoders.DISABLE_VARIABLE, "other,fast")
    with caplog.at_level(logging.WARNING):
        assert encoders.load_encoder("fast") is None
    assert encoders.DISABLE_VARIABLE in caplog.text
    assert encoders.encode_few("fast", ["备案"]) is None
    with pytest.raises(RuntimeError, match="missing"):
        encoders.encode_many("fast", ["备案"])


@pytest.mark.parametrize(
    "error", [ImportError("no wheel"), OSError("no such instruction"), RuntimeError("x")]
)
def test_a_platform_that_cannot_run_it(monkeypatch, caplog, error):
    def fail():
        raise error

    monkeypatch.setitem(encoders._LOADERS, "fast", fail)
    with caplog.at_level(logging.WARNING):
        assert encoders.load_encoder("fast") is None
    assert str(error) in caplog.text


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    def fail():
        raise TypeError("a bug")

    monkeypatch.setitem(encoders._LOADERS, "fast", fail)
    with pytest.raises(TypeError):
        encoders.load_encoder("fast")
