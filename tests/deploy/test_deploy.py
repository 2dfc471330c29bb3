"""The files of deploy/, as far as they can be checked without a container engine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import kubernetes_validate
import pytest
import yaml

from beian.settings import ROOT
from tests.patience import PATIENCE
from tests.ports import free_port

DEPLOY = ROOT / "deploy"
FILES = ("compose.yml", "compose.scale.yml")
SERVER_GROUP = "10001"
DIGEST = "sha256:" + "0" * 64
TEXTS = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
MAP = {"type": "object"}
# The part of the Compose specification that these files use, and what every container here must have.
SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "image",
        "read_only",
        "cap_drop",
        "security_opt",
        "mem_limit",
        "pids_limit",
        "networks",
        "restart",
    ],
    "properties": {
        "build": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"context": {"type": "string"}, "dockerfile": {"type": "string"}, "args": MAP},
        },
        "image": {"type": "string"},
        "environment": {"type": "object", "additionalProperties": {"type": "string"}},
        "env_file": TEXTS,
        "secrets": TEXTS,
        "volumes": TEXTS,
        "tmpfs": TEXTS,
        "profiles": TEXTS,
        "ports": TEXTS,
        "networks": TEXTS,
        "user": {"type": "string", "pattern": r"^[0-9]+:[0-9]+$"},
        "group_add": TEXTS,
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["condition"],
                "properties": {"condition": {"enum": ["service_started", "service_healthy"]}},
            },
        },
        "healthcheck": {
            "type": "object",
            "required": ["test"],
            "properties": {"test": TEXTS, "interval": {"type": "string"}},
        },
        "deploy": {"type": "object", "properties": {"replicas": {"type": "integer", "minimum": 1}}},
        "read_only": {"const": True},
        "cap_drop": {"const": ["ALL"]},
        "cap_add": {"type": "array", "items": {"enum": ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"]}},
        "security_opt": {"const": ["no-new-privileges:true"]},
        "mem_limit": {"type": "string", "pattern": "^[0-9]+[mg]$"},
        "shm_size": {"type": "string", "pattern": "^[0-9]+[mg]$"},
        "pids_limit": {"type": "integer", "minimum": 1},
        "restart": {"enum": ["unless-stopped", "always"]},
        "stop_grace_period": {"type": "string", "pattern": "^[0-9]+s$"},
    },
}
NAMED = {"type": "object", "additionalProperties": {"type": "object"}}
COMPOSE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["services"],
    "patternProperties": {"^x-": {}},
    "properties": {
        "name": {"type": "string"},
        "services": {"type": "object", "additionalProperties": SERVICE},
        "networks": NAMED,
        "volumes": NAMED,
        "secrets": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["file"],
                "properties": {"file": {"type": "string"}},
            },
        },
    },
}


def read(name):
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def compose():
    """Both files together, as `-f compose.yml -f compose.scale.yml` reads them."""
    base, scale = map(read, FILES)
    for part in ("services", "volumes", "secrets"):
        for name, body in scale[part].items():
            base[part][name] = {**base[part].get(name, {}), **body}
    return base


def test_compose_files_are_as_the_specification_has_them_and_every_container_is_confined():
    for merged in (read("compose.yml"), compose()):
        jsonschema.validate(merged, COMPOSE)


def test_what_compose_files_name_is_there():
    merged = compose()
    for name, service in merged["services"].items():
        assert set(service.get("networks", [])) <= set(merged["networks"]), name
        assert set(service.get("secrets", [])) <= set(merged["secrets"]), name
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("./") and not source.startswith(("./certificates", "./secrets")):
                assert (DEPLOY / source).exists(), volume
            elif not source.startswith("."):
                assert source in merged["volumes"], volume
        for needed in service.get("depends_on", {}):
            assert needed in merged["services"]
        for value in service.get("environment", {}).values():
            if value.startswith("/run/secrets/"):
                assert Path(value).name in service["secrets"], (name, value)


def test_images_are_taken_by_digest_alone():
    known = dict(
        line.split("=", 1)
        for line in (DEPLOY / "images.env").read_text(encoding="utf-8").splitlines()
        if re.match(r"[A-Z]+_IMAGE=", line)
    )
    used = set()
    for name, service in compose()["services"].items():
        text = str(service["build"]["args"]) if "build" in service else service["image"]
        # Without the variable Compose refuses to begin, and says what to do.
        found = re.search(r"\$\{([A-Z]+_IMAGE):\?[^}]*pin\.sh\}", text)
        assert found, name
        used.add(found[1])
    assert used == set(known)
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("FROM"):
            assert line.split()[1] == "${PYTHON_IMAGE}", line


def _check_images(folder):
    done = subprocess.run(
        ["sh", str(folder / "pin.sh"), "--check"], capture_output=True, text=True, timeout=PATIENCE
    )
    return done.returncode, done.stderr


def test_the_script_says_which_image_has_no_digest(tmp_path):
    for name in ("pin.sh", "images.env"):
        shutil.copy(DEPLOY / name, tmp_path)
    code, said = _check_images(tmp_path)
    assert (code, "pin.sh" in said) == (1, True)
    images = (DEPLOY / "images.env").read_text(encoding="utf-8")
    pinned = re.sub(r"^([A-Z]+_IMAGE=.*)$", rf"\1@{DIGEST}", images, flags=re.M)
    (tmp_path / "images.pinned.env").write_text(pinned, encoding="utf-8")
    assert _check_images(tmp_path)[0] == 0
    for spoilt in (f"@{DIGEST}", DIGEST[-1:]):
        one = re.sub(rf"^(GRAFANA_IMAGE=.*){spoilt}$", r"\1", pinned, flags=re.M)
        (tmp_path / "images.pinned.env").write_text(one, encoding="utf-8")
        code, said = _check_images(tmp_path)
        assert (code, "GRAFANA_IMAGE" in said, "NGINX_IMAGE" in said) == (1, True, False)


def test_the_script_writes_the_digests_the_registry_has(tmp_path):
    for name in ("pin.sh", "images.env"):
        shutil.copy(DEPLOY / name, tmp_path)
    stand_in = tmp_path / "docker"
    stand_in.write_text(f'#!/bin/sh\ncase "$4" in nothing*) exit 1;; esac\necho {DIGEST}\n', encoding="utf-8")
    stand_in.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    command = ["sh", str(tmp_path / "pin.sh")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "images.pinned.env").read_text(encoding="utf-8")
    assert written.count(f"@{DIGEST}\n") == 5
    (tmp_path / "images.env").write_text("NGINX_IMAGE=nothing:1\n", encoding="utf-8")
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, "nothing:1" in done.stderr) == (1, True)
    # What was pinned before is kept.
    assert (tmp_path / "images.pinned.env").read_text(encoding="utf-8") == written


def test_every_container_can_read_its_secrets(tmp_path):
    """Compose mounts secrets as they are on disk: owner, group and mode decide."""
    shutil.copy(DEPLOY / "secrets.sh", tmp_path)
    env = {**os.environ, "OWNER": f"{os.getuid()}:{os.getgid()}"}
    for _ in range(2):
        subprocess.run(["sh", str(tmp_path / "secrets.sh")], env=env, check=True, timeout=PATIENCE)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()}
    assert all(mode & 0o007 == 0 and mode & 0o222 == 0 for mode in modes.values())
    assert len({path.read_text() for path in (tmp_path / "secrets").iterdir()}) == len(modes)
    script = (DEPLOY / "secrets.sh").read_text(encoding="utf-8")
    assert "OWNER:-10001:10001" in script
    assert "USER 10001" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for name, service in read("compose.yml")["services"].items():
        if name == "assistant":
            continue
        for secret in service.get("secrets", []):
            assert SERVER_GROUP in service["group_add"], name
            assert modes[secret] & 0o040, (name, secret)


def test_prometheus_reads_the_token_where_it_is_mounted():
    [job] = read("prometheus.yml")["scrape_configs"]
    secret = Path(job["authorization"]["credentials_file"])
    assert secret.parent == Path("/run/secrets")
    assert secret.name in read("compose.yml")["services"]["prometheus"]["secrets"]


def test_grafana_has_no_password_that_everybody_knows():
    grafana = read("compose.yml")["services"]["grafana"]
    assert grafana["environment"]["GF_SECURITY_ADMIN_PASSWORD__FILE"] == "/run/secrets/grafana_password"
    assert "grafana_password" in grafana["secrets"]
    assert all(port.startswith("127.0.0.1:") for port in grafana["ports"])
    networks = read("compose.yml")["networks"]
    for network in grafana["networks"]:
        options = (networks[network] or {}).get("driver_opts", {})
        assert (networks[network] or {}).get("internal") or (
            options.get("com.docker.network.bridge.enable_ip_masquerade") == "false"
        ), network


def test_the_build_gets_only_what_it_copies():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = {line[1:] for line in rules if line.startswith("!")}
    copied = set()
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY") and "--from" not in line:
            copied |= set(line.split()[1:-1])
    assert let_in == copied


def _fitting(text, version, folder):
    """nginx.conf with other paths, ports and upstream, and without what an older nginx does not know."""
    text = text.replace("/etc/nginx/certificates", str(folder)).replace(
        "/dev/stdout", str(folder / "access.log")
    )
    text = re.sub(r"listen 80;", f"listen 127.0.0.1:{free_port()};", text)
    text = re.sub(r"listen 443 ssl;", f"listen 127.0.0.1:{free_port()} ssl;", text)
    text = text.replace("server assistant:5005", "server 127.0.0.1:5005")
    if version < (1, 27, 3):
        text = text.replace(" resolve max_fails", " max_fails")
    if version < (1, 25, 1):
        text = text.replace("    http2 on;\n", "")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"\n  {kind}_temp_path {folder}/{kind};" for kind in kinds)
    text = text.replace("http {", "http {" + own, 1)
    return f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n{text}"


def test_nginx_takes_its_configuration(tmp_path):
    nginx = os.environ.get("BEIAN_NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("nginx is not installed; scripts/programs.sh installs it where apt may be used")
    said = subprocess.run([nginx, "-v"], capture_output=True, text=True, check=True, timeout=PATIENCE).stderr
    version = tuple(map(int, re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", said).groups()))
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout tls.key -out tls.crt"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(_fitting(text, version, tmp_path), encoding="utf-8")
    command = [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr, done.stderr


def test_nginx_repeats_no_post_and_says_so():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "non_idempotent" not in text
    before = text[: text.index("proxy_next_upstream")].splitlines()[-3:]
    assert "POST" in "".join(before)


KUBERNETES = list(yaml.safe_load_all((DEPLOY / "k8s" / "beian.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("manifest", KUBERNETES, ids=lambda manifest: manifest["kind"])
def test_kubernetes_manifests_are_valid(manifest):
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_the_pod_is_confined():
    [pod] = [one["spec"]["template"]["spec"] for one in KUBERNETES if one["kind"] == "StatefulSet"]
    assert pod["securityContext"]["runAsNonRoot"]
    for container in pod["containers"]:
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"]
        assert not context["allowPrivilegeEscalation"]
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]
