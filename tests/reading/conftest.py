"""What these share with the tests of the model: messages as the trained classifier understands them."""

from tests.meaning.conftest import candidates, component, evidence, labels, said  # noqa: F401 - fixtures
