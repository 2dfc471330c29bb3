"""What a message tells of the clients in hand: one more of them, another change of one, a change that has not
come yet."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.hearing.roster import Told, clients_of, told_of_clients
from beian.kb import KnowledgeBase
from beian.meaning.said import Said
from beian.meaning.state import Discourse, Matter
from beian.reading.client_names import alike
from beian.text import patterns

_NOT_YET = patterns.compile("[还尚暂][时]?[没未]")


def new_client(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Told, ...]:
    """The change of one more client (D家新来的，换手机号), where there are several by name; else ()."""
    names = [matter.client for matter in state.matters if matter.client]
    if len(names) < 2:
        return ()
    told = tuple(one for one in told_of_clients(heard.said, kb) if one.matter.named)
    clients = {str(one.matter.client) for one in told}
    new = {client for client in clients - set(names) if alike(client, names)}
    return told if len(new) == 1 == len(clients) else ()


def with_told(said: Said, told: tuple[Told, ...], state: Discourse) -> Said:
    """What a message says, with the changes of its clients; one more of them drops none of those in hand."""
    own = [pair for one in told for pair in one.pairs]
    rest = [pair for pair in said.named if pair[0] not in ("item", "change_type")]
    words = {pair: one.words for one in reversed(told) for pair in one.pairs} | dict(said.words)
    further = len({one.matter.client for one in told}) == 1
    clients = clients_of(told)
    return replace(
        said, named=tuple(dict.fromkeys([*own, *rest])), words=words, clients=clients, further=further
    )


def told_instead(heard: Heard, meant: list[Matter], kb: KnowledgeBase) -> Heard:
    """The message with the change that it tells of a client in the place of the one it denies
    (乙家不换法人了，换地址), which a loose word alone may name."""
    said = heard.said
    if len(meant) != 1 or not meant[0].client or meant[0].name not in said.denied:
        return heard
    told = [one for one in told_of_clients(said, kb) if one.matter.client == meant[0].client]
    new = [one for one in told if one.matter.named and one.matter.name != meant[0].name]
    if not new:
        return heard
    words = dict.fromkeys(new[0].pairs, new[0].words) | dict(said.words)
    named = tuple(dict.fromkeys([*said.named, *new[0].pairs]))
    return replace(heard, said=replace(said, named=named, words=words))


def without_not_yet(heard: Heard, state: Discourse) -> Heard:
    """The message without a client's change among what it denies, where it has only not come (乙家还没换)."""
    in_hand = {pair for matter in state.matters if matter.client for pair in _pairs_of(matter)}
    if not in_hand.intersection(heard.said.denied) or not _NOT_YET.search(heard.said.text):
        return heard
    denied = tuple(pair for pair in heard.said.denied if pair not in in_hand)
    return replace(heard, said=replace(heard.said, denied=denied))


def _pairs_of(matter: Matter) -> tuple[tuple[str, str | None], ...]:
    return ("item", matter.item), ("change_type", matter.change_type)
