import base64
import stat

import pytest

from beian.settings import SettingsError
from beian.tokens import Signer, load_secret


def test_only_the_servers_own_tokens_are_good():
    signer = Signer("s" * 32)
    conversation, token = signer.new_session()
    assert signer.conversation(token) == conversation
    assert Signer("t" * 32).conversation(token) is None
    for bad in (None, "", conversation, token + "x", token[:-1], token.upper(), "é" + token):
        assert signer.conversation(bad) is None


def test_a_signature_is_long_enough_not_to_be_guessed():
    """At least 128 bits each, of the name and of the signature, in the letters of URLs."""
    conversation, token = Signer("s" * 32).new_session()
    signature = token.rpartition(".")[2]
    for text in (conversation.removeprefix("w-"), signature, Signer("s" * 32).sign("desk", "x")):
        assert len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) * 8 >= 128


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


def test_while_secrets_change_what_the_old_one_signed_still_counts():
    before, after = Signer("s" * 32), Signer("t" * 32, "s" * 32)
    conversation, token = before.new_session()
    assert after.conversation(token) == conversation
    assert after.is_genuine("desk", "x", before.sign("desk", "x"))
    assert not after.is_genuine("session", "x", before.sign("desk", "x"))
    # What is signed now is signed with the new one alone.
    conversation, token = after.new_session()
    assert before.conversation(token) is None
    assert after.conversation(token) == conversation
    assert Signer("t" * 32).conversation(token) == conversation
    assert after.conversations_of_sender("a") == [
        Signer("t" * 32).conversation_of_sender("a"),
        before.conversation_of_sender("a"),
    ]
    assert Signer("u" * 32, "t" * 32).conversation(before.new_session()[1]) is None


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
