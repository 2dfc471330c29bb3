"""Out of hours: the customer hears when people are there, leaves a message, and it waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from conftest import ROOT, RealServer, Watched
from desk_page import SETTINGS, add_accounts, chat, conversation_of, desk
from playwright.sync_api import expect

from beian.calendar.today import CHINA

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server where nobody is there, whatever the time."""
    if not any((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs a trained model in models/")
    folder = tmp_path_factory.mktemp("hours")
    add_accounts(folder, "li")
    # Half a day away from now.
    hours = "daily 20:00-20:30" if datetime.now(CHINA).hour < 12 else "daily 03:00-03:30"
    server = RealServer(folder, settings={**SETTINGS, "BEIAN_DESK_HOURS": hours})
    yield server
    server.stop()


def test_a_message_left_out_of_hours_waits(watched: Watched, closed: RealServer) -> None:
    customer = chat(watched, closed)
    customer.ask("公司改名了，要准备什么材料")
    customer.ask("转人工")
    expect(customer.root.get_by_text("每天").last).to_be_visible()
    answers = customer.answers.count()
    customer.button("留言").click()
    expect(customer.input).to_be_focused()
    customer.page.keyboard.type("营业执照还在换，请明天联系我")
    customer.page.keyboard.press("Enter")
    expect(customer.questions.last).to_contain_text("请明天联系我")
    expect(customer.root.get_by_text("留言已收到")).to_be_visible()
    expect(customer.answers).to_have_count(answers)

    agent = desk(watched, closed)
    expect(agent.page.locator(".Hours")).to_have_text("非人工时间")
    row = agent.row(conversation_of(customer))
    expect(row).to_contain_text("已等")
    expect(row).to_contain_text("请明天联系我")
    expect(row.locator(".Badge")).to_contain_text("3")
    agent.press("u")
    expect(agent.turns.filter(has_text="请明天联系我")).to_be_visible()
    expect(row.locator(".Badge")).to_have_count(0)
    # What is not marked as a message for people is still answered.
    customer.ask("审核要多久")
    expect(customer.answers.last).to_contain_text("工作日")
