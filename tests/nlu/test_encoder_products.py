import numpy as np
import pytest

from beian.nlu.encoder_products import SmallProducts


@pytest.mark.parametrize("shape", [(512, 768), (1280, 256), (3, 5), (1, 1)])
@pytest.mark.parametrize("rows", [1, 2, 23, 24, 25, 400])
def test_products_are_numpys(shape, rows):
    rng = np.random.default_rng(7)
    matrix = rng.random(shape, dtype=np.float32) - 0.5
    left = rng.random((rows, shape[0]), dtype=np.float32) - 0.5
    product = left @ SmallProducts(matrix)
    assert product.dtype == np.float32
    assert np.allclose(product, left @ matrix, atol=1e-4)


def test_few_rows_meet_small_pieces_and_many_the_whole(monkeypatch):
    matrix = np.ones((1280, 256), dtype=np.float32)
    small = SmallProducts(matrix)
    asked = []
    monkeypatch.setattr(np, "matmul", lambda left, right, out: asked.append(left.size * right.shape[1]))
    _ = np.ones((24, 1280), dtype=np.float32) @ small
    assert len(asked) > 1
    assert max(asked) <= 1_000_000
    asked.clear()
    _ = np.ones((25, 1280), dtype=np.float32) @ small
    assert not asked
