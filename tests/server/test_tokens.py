import stat

import pytest

from beian.server.settings import SettingsError
from beian.server.tokens import Signer, load_secret


def test_only_the_servers_own_tokens_are_good():
    signer = Signer("s" * 32)
    conversation, token = signer.new_session()
    assert signer.conversation(token) == conversation
    assert Signer("t" * 32).conversation(token) is None
    for bad in (None, "", conversation, token + "x", token[:-1], token.upper(), "é" + token):
        assert signer.conversation(bad) is None


def test_ids_do_not_repeat_and_fit_the_tables():
    signer = Signer("s" * 32)
    ids = {signer.new_session()[0] for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(name) <= 64 for name in ids)


def test_senders_never_meet_a_widgets_conversation():
    signer = Signer("s" * 32)
    conversation, _ = signer.new_session()
    assert signer.conversation_of_sender(conversation).startswith("api-")
    assert signer.conversation_of_sender("a") != signer.conversation_of_sender("b")


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    var = tmp_path / "var"
    secret = load_secret(var)
    assert len(secret) >= 32
    assert load_secret(var) == secret
    assert stat.S_IMODE((var / "secret").stat().st_mode) == 0o600


def test_a_secret_that_others_can_read_stops_the_start(tmp_path):
    load_secret(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_secret(tmp_path)


def test_an_empty_secret_stops_the_start(tmp_path):
    (tmp_path / "secret").touch(mode=0o600)
    with pytest.raises(SettingsError, match="no secret"):
        load_secret(tmp_path)
