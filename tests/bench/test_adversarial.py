from beian.engine.standing import MAX_CHARACTERS
from bench.adversarial import costs, hostile_texts, report

# The bench allows 10 and 25; here few messages are measured, on a machine that does other things as well.
MOST_TIMES = 40


def test_the_longest_messages_cost_little_more_than_others(talk):
    texts = hostile_texts(48, talk.kb, seed=2)
    assert all(len(text) == MAX_CHARACTERS for text in texts)
    found = talk.wait_for(costs(talk.assistant, texts, ordinary=25))
    assert found.ratio(1) <= MOST_TIMES, report(found)


def test_what_froze_the_server_is_answered(talk):
    for text in ("那个" * 60 + "！！！", "那个" * 1000, "负责人身份证5月1日" + "就要" * 40 + "办可以吗"):
        assert talk.ask(text)["text"]
