"""The shipped ways to run it: every command, option, setting and file that they name exists."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from notion_roadmap.cli import exits
from notion_roadmap.cli.app import app
from notion_roadmap.schedule.service import GRACE_SECONDS
from notion_roadmap.settings import SETTING_NAMES
from notion_roadmap.templates import load_template

COMMAND = "notion-roadmap"
_SETTING = re.compile(r"\b(?:NOTION|ROADMAP)_[A-Z_]+\b")


def understood(words: Sequence[str]) -> click.Context:
    """The parsed call; raises where the command or an option does not exist, or an argument is missing."""
    assert Path(words[0]).name == COMMAND, words
    place = next(i for i, word in enumerate(words) if i and word in app.places)
    above = app.make_context(COMMAND, list(words[1 : place + 1]))
    command = app.get_command(above, words[place])
    assert command is not None
    return command.make_context(words[place], list(words[place + 1 :]), parent=above)


@pytest.mark.parametrize("wrong", [["notion-roadmap", "sync", "--nothing"], ["notion-roadmap", "seed"]])
def test_a_wrong_call_would_be_found(wrong: list[str]) -> None:
    with pytest.raises(click.UsageError):
        understood(wrong)


@pytest.fixture
def deploy(repository: Path) -> Path:
    return repository / "deploy"


def test_every_shipped_file_is_described_and_every_described_one_is_shipped(repository: Path, deploy: Path) -> None:
    told = set(re.findall(r"deploy/([\w.-]+[\w])", (repository / "docs/running.md").read_text("utf-8")))
    assert told | {"Dockerfile.dockerignore"} == {path.name for path in deploy.iterdir()}


def test_all_settings_that_they_name_exist(repository: Path, deploy: Path) -> None:
    pages = [*deploy.iterdir(), repository / "docs/running.md"]
    named = {name for page in pages for name in _SETTING.findall(page.read_text("utf-8"))}
    assert {"NOTION_TOKEN", "ROADMAP_STATE"} <= named <= set(SETTING_NAMES)


def test_the_commands_in_the_guide_are_understood(repository: Path) -> None:
    page = (repository / "docs/running.md").read_text("utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    ours = [shlex.split(line, comments=True) for line in lines]
    called = [words[words.index("roadmap") + 1 :] for words in ours if "roadmap" in words]
    assert len(called) == 2
    for words in called:
        understood(words if words[0] == COMMAND else [COMMAND, *words])
    for told in re.findall(rf"`({COMMAND} [^`]+)`", page):
        understood(shlex.split(told))


class TestSystemd:
    @pytest.fixture
    def unit(self, deploy: Path) -> configparser.ConfigParser:
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(deploy / "notion-roadmap.service", encoding="utf-8")
        return parser

    def test_it_runs_the_service_and_starts_it_again(self, unit: configparser.ConfigParser) -> None:
        service = unit["Service"]
        context = understood(shlex.split(service["ExecStart"]))
        assert context.command.name == "run"
        assert service["Restart"] == "on-failure"
        assert service["RestartPreventExitStatus"] == str(exits.WRONG_USAGE)
        assert unit["Install"]["WantedBy"] == "default.target", "a user service"

    def test_it_waits_longer_than_the_service_takes_to_end(self, unit: configparser.ConfigParser) -> None:
        assert unit["Service"]["KillSignal"] == "SIGTERM"
        assert float(unit["Service"]["TimeoutStopSec"]) > GRACE_SECONDS + 2

    def test_the_guide_puts_the_settings_where_it_looks_for_them(
        self, unit: configparser.ConfigParser, repository: Path
    ) -> None:
        file = re.search(r"--env-file %h/(\S+)", unit["Service"]["ExecStart"])
        assert file is not None
        assert f"~/{file[1]}" in (repository / "docs/running.md").read_text("utf-8")

    def test_systemd_itself_finds_nothing_wrong(self, deploy: Path, tmp_path: Path) -> None:
        verifier = shutil.which("systemd-analyze")
        if verifier is None:
            pytest.skip("systemd is not here")
        # Where the command would be installed is nobody's business here: any program will do.
        unit = tmp_path / "notion-roadmap.service"
        text = (deploy / "notion-roadmap.service").read_text("utf-8")
        unit.write_text(text.replace("%h/.local/bin/notion-roadmap", sys.executable), "utf-8")
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
        told = subprocess.run(
            [verifier, "verify", "--user", "--man=no", str(unit)], capture_output=True, text=True, env=environment
        )
        assert (told.returncode, told.stderr) == (0, "")


@dataclass(frozen=True)
class Instruction:
    name: str
    words: str

    @property
    def listed(self) -> list[str]:
        """The words of the exec form."""
        found = re.search(r"\[.*\]", self.words)
        assert found is not None, f"{self.name} is not in the exec form: signals would not arrive"
        return list(yaml.safe_load(found[0]))


def instructions(text: str) -> Iterator[Instruction]:
    """https://docs.docker.com/reference/dockerfile/"""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            name, _, words = line.strip().partition(" ")
            yield Instruction(name.upper(), words.strip())


def of(given: Iterable[Instruction], name: str) -> list[Instruction]:
    return [one for one in given if one.name == name]


class TestDocker:
    @pytest.fixture
    def image(self, deploy: Path) -> list[Instruction]:
        return list(instructions((deploy / "Dockerfile").read_text("utf-8")))

    @pytest.fixture
    def final(self, image: list[Instruction]) -> list[Instruction]:
        """The stage that is shipped."""
        begin = max(i for i, one in enumerate(image) if one.name == "FROM")
        return image[begin:]

    def test_it_is_slim_and_nobody_is_root(self, image: list[Instruction], final: list[Instruction]) -> None:
        assert all(re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", one.words) for one in of(image, "FROM"))
        (user,) = of(final, "USER")
        assert user.words not in ("", "root", "0")
        assert "useradd --uid 10001 --no-create-home --home-dir /data" in of(final, "RUN")[0].words
        assert final.index(user) < final.index(of(final, "ENTRYPOINT")[0])

    def test_the_python_is_one_that_the_project_runs_on(self, image: list[Instruction]) -> None:
        versions = [tuple(map(int, re.findall(r"\d+", one.words)[:2])) for one in of(image, "FROM")]
        assert len(set(versions)) == 1
        assert versions[0] >= (3, 11)

    def test_everything_is_installed_from_the_lock(self, image: list[Instruction]) -> None:
        installs = [one.words for one in of(image, "RUN") if "pip install" in one.words]
        assert len(installs) == 2
        assert "--require-hashes -r requirements/run.lock" in installs[0]
        assert "--no-deps --no-build-isolation ." in installs[1]

    def test_what_it_runs_and_asks_exists(self, final: list[Instruction]) -> None:
        (entry,), (arguments,), (health,) = (of(final, name) for name in ("ENTRYPOINT", "CMD", "HEALTHCHECK"))
        assert understood([*entry.listed, *arguments.listed]).command.name == "run"
        assert understood(health.listed).command.name == "status"
        assert of(final, "STOPSIGNAL")[0].words == "SIGTERM"

    def test_the_state_is_in_the_volume(self, final: list[Instruction]) -> None:
        (volume,) = of(final, "VOLUME")
        (environment,) = of(final, "ENV")
        assert f"ROADMAP_STATE={volume.words}/" in environment.words

    def test_what_it_copies_exists_and_is_let_through(
        self, image: list[Instruction], repository: Path, deploy: Path
    ) -> None:
        ignored = (deploy / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
        through = {line[1:] for line in ignored if line.startswith("!")}
        copied = [path for one in of(image, "COPY") if "--from" not in one.words for path in one.words.split()[:-1]]
        assert set(copied) == through
        assert all((repository / path).exists() for path in copied)
        assert "*" in ignored, "all else stays out"
        assert not any(fnmatch(".env", path) for path in through)

    def test_what_the_wheel_is_made_of_is_copied(self, image: list[Instruction], repository: Path) -> None:
        copied = {path for one in of(image, "COPY") for path in one.words.split()[:-1]}
        project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
        wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
        assert {"pyproject.toml", "README.md", "LICENSE", *wheel["force-include"]} <= copied
        assert {path.partition("/")[0] for path in wheel["packages"]} <= copied


class TestCompose:
    @pytest.fixture
    def service(self, deploy: Path) -> dict[str, Any]:
        document = yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))
        assert document["volumes"].keys() == {"state"}
        (service,) = document["services"].values()
        return dict(service)

    def test_it_builds_the_image_of_this_repository(self, service: dict[str, Any], repository: Path) -> None:
        context = (repository / "deploy" / service["build"]["context"]).resolve()
        assert context == repository
        assert (context / service["build"]["dockerfile"]).is_file()
        assert (repository / "deploy" / service["env_file"]).resolve() == repository / ".env"

    def test_the_state_outlives_the_container(self, service: dict[str, Any]) -> None:
        assert service["volumes"] == ["state:/data"]
        assert service["environment"]["ROADMAP_STATE"].startswith("/data/")

    def test_it_ends_gently_and_starts_again(self, service: dict[str, Any]) -> None:
        assert float(service["stop_grace_period"].rstrip("s")) > GRACE_SECONDS + 2
        assert service["restart"] == "unless-stopped"

    def test_it_needs_no_rights(self, service: dict[str, Any]) -> None:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]

    def test_compose_itself_understands_it(self, deploy: Path, tmp_path: Path) -> None:
        docker = shutil.which("docker")
        if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
            pytest.skip("docker compose is not here")
        shutil.copytree(deploy, tmp_path / "deploy")
        (tmp_path / ".env").write_text("NOTION_TOKEN=none\n", "utf-8")
        subprocess.run(
            [docker, "compose", "-f", str(tmp_path / "deploy/compose.yaml"), "config", "--quiet"], check=True
        )


class TestGitHub:
    @pytest.fixture
    def workflow(self, deploy: Path) -> dict[Any, Any]:
        return dict(yaml.safe_load((deploy / "github-actions.yml").read_text("utf-8")))

    @pytest.fixture
    def steps(self, workflow: dict[Any, Any]) -> list[dict[str, Any]]:
        (job,) = workflow["jobs"].values()
        return list(job["steps"])

    def test_it_syncs_by_itself_and_by_hand_and_never_twice_at_once(self, workflow: dict[Any, Any]) -> None:
        when = workflow[True]  # YAML 1.1 reads `on` so
        assert "workflow_dispatch" in when
        assert all(len(one["cron"].split()) == 5 for one in when["schedule"])
        assert workflow["concurrency"] == {"group": "notion-roadmap", "cancel-in-progress": False}
        assert workflow["permissions"] == {"contents": "read"}

    def test_it_keeps_no_state(self, steps: list[dict[str, Any]]) -> None:
        used = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
        assert used == ["actions/checkout", "actions/setup-python"], "neither cache nor artifact"
        assert steps[-1]["env"]["ROADMAP_STATE"].startswith("${{ runner.temp }}/")

    def test_it_installs_from_the_lock_and_calls_what_exists(
        self, steps: list[dict[str, Any]], repository: Path
    ) -> None:
        lines = [shlex.split(line) for step in steps for line in step.get("run", "").splitlines()]
        installs = [" ".join(words) for words in lines if words[0] == "python"]
        assert installs == [
            "python -m pip install --require-hashes -r requirements/run.lock",
            "python -m pip install --no-deps --no-build-isolation .",
        ]
        (called,) = [words for words in lines if words[0] != "python"]
        context = understood(called)
        assert context.command.name == "sync"
        assert load_template(context.params["template"]).phases
        (cache,) = [step["with"]["cache-dependency-path"] for step in steps if "cache" in step.get("with", {})]
        assert (repository / cache).is_file()

    def test_the_token_comes_from_the_secrets(self, steps: list[dict[str, Any]], repository: Path) -> None:
        environment = steps[-1]["env"]
        guide = (repository / "docs/running.md").read_text("utf-8")
        for name in ("NOTION_TOKEN", "NOTION_PARENT_PAGE"):
            assert environment[name] == f"${{{{ secrets.{name} }}}}"
            assert f"`{name}`" in guide
        assert all("env" not in step for step in steps[:-1]), "no other step sees it"


def test_the_lock_to_run_from_is_in_step_with_the_other_one(repository: Path) -> None:
    made = subprocess.run(
        [sys.executable, str(repository / "scripts/lib/run_lock.py")], capture_output=True, text=True, check=True
    )
    assert (repository / "requirements/run.lock").read_text("utf-8") == made.stdout
    assert "notion-client==" in made.stdout
    assert "pytest==" not in made.stdout
