"""What operators need is written down: every setting, metric, table and deployment file."""

import json
import re
from dataclasses import fields

import pytest
import yaml

from beian.server.metrics import Metrics
from beian.settings import ROOT, Rates, Settings
from beian.store.tables import metadata

# What is set while training or testing is described where that is: in understanding.md and testing.md.
NO_SETTINGS_OF_THE_SERVER = {"BEIAN_TODAY", "BEIAN_WITHOUT_ENCODERS"}
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"


def test_every_setting_is_described():
    code = (ROOT / "beian" / "settings" / "server.py").read_text(encoding="utf-8")
    written = set(re.findall(r"`(BEIAN_[A-Z_]+)`", OPERATIONS))
    named = {f"BEIAN_RATE_{field.name.upper()}" for field in fields(Rates)}
    for names in re.findall(r"for name(?:, kind)? in \((.*)\):", code):
        named |= {f"BEIAN_{name.upper()}" for name in re.findall(r'"([a-z_]+)"', names)}
    # Some are read where they are used.
    for path in sorted((ROOT / "beian").rglob("*.py")):
        named |= set(re.findall(r'"(BEIAN_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    assert named - NO_SETTINGS_OF_THE_SERVER == written


def test_every_metric_is_described_and_every_drawn_one_exists():
    exported = set(re.findall(r"^# TYPE (beian_\w+) ", Metrics().text().decode(), re.M))
    base = {re.sub(r"_(total|created|info)$", "", name) for name in exported}
    told = {re.sub(r"_(total|info)$", "", name) for name in re.findall(r"`(beian_[a-z_]+)", OPERATIONS)}
    assert told == base
    drawn = DEPLOY / "grafana" / "beian.json"
    used = set(re.findall(r"(beian_[a-z_]+)", drawn.read_text() + (DEPLOY / "alerts.yml").read_text()))
    assert {re.sub(r"_(total|bucket|info)$", "", name) for name in used} <= base


def test_every_table_is_described():
    for table in metadata.tables:
        if table != "probe":
            assert f"`{table}`" in OPERATIONS, table


def test_the_tests_that_security_names_exist():
    for name in set(re.findall(r"`(test_[a-z_]+)`", SECURITY)):
        assert list((ROOT / "tests").rglob(f"{name}.py")), name
    for path in re.findall(r"`(tests/[a-z/_]+\.py)`", SECURITY):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.yml")), ids=lambda path: path.name)
def test_deployment_files_are_readable(path):
    # Rasa teaches ruamel to insist on ${…} being set, once it is imported.
    documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    assert documents
    assert all(isinstance(document, dict) for document in documents)


def test_only_what_faces_outside_reaches_outside():
    services: dict[str, dict] = {}
    for name in ("compose.yml", "compose.scale.yml"):
        content = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
        for service, described in content["services"].items():
            services.setdefault(service, {}).update(described)
        if name == "compose.yml":
            networks = content["networks"]
    assert networks["inner"] == {"internal": True}
    for service, described in services.items():
        outside = [name for name in described["networks"] if not networks[name].get("internal")]
        # A port can be published on a network that is not internal alone.
        assert bool(outside) == ("ports" in described), service
    assert "ports" not in services["assistant"]


def test_limits_that_the_interface_tells_are_the_ones_it_has():
    from beian.server import event_routes, talk_routes

    interface = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for told in (
        f"一次最多 {talk_routes.PAGE} 条",
        f"最多同时开 {event_routes._STREAMS_A_SESSION} 个事件流",
        f"每 {event_routes.KEEP_ALIVE_SECONDS:.0f} 秒一条注释行保活",
        f"共用数据库时每 {event_routes.SHARED_SECONDS:.0f} 秒",
        f"请求正文最多 {Settings().max_body // 1024} KB",
    ):
        assert told in interface, told


def test_deployment_uses_settings_that_exist():
    known = set(re.findall(r"`(BEIAN_[A-Z_]+)`", OPERATIONS))
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            for name in re.findall(r"\b(BEIAN_[A-Z_]+)\b", path.read_text(encoding="utf-8")):
                assert name.removesuffix("_FILE") in known, (path.name, name)
    assert json.loads((DEPLOY / "grafana" / "beian.json").read_text())["panels"]


def test_deployment_files_that_are_named_exist():
    for name in set(re.findall(r"`(deploy/[\w./-]+)`", OPERATIONS + SECURITY)):
        assert (ROOT / name).exists(), name
