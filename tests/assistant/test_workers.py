"""Answer processes: what happens to one request, whatever it is, happens to no other."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from assistant.faces.warming import warm_up
from assistant.question.profile import Profile
from assistant.service import PolicyAssistant
from assistant.serving.workers import pool as pools
from assistant.serving.workers.pool import Busy, TookTooLong, WorkerLost
from assistant.serving.workers.supervisor import Supervisor, _pause
from assistant.settings import Settings
from corpus.errors import InputError, SnapshotError, UnknownNameError

if TYPE_CHECKING:
    import hostile_work

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")]

WAIT = 120  # s; a machine under load
QUESTION = "智能工厂改造投了1800万能补多少?"
DESTROYS_THE_HEAP = "补贴" + "ﷺ" * 100  # the encoder's tokenizer has four code points for each byte; this one has 18
Scenario = Callable[[Supervisor], Awaitable[Any]]
Play = Callable[[Scenario], Any]


@pytest.fixture(scope="module", autouse=True)
def hostile_path() -> Iterator[None]:
    """Workers find the hostile work, since they look where this process does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent / "hostile"))
        import hostile_work

        globals()["hostile_work"] = hostile_work
        yield


@pytest.fixture(scope="module")
def play(built_settings: Settings, hostile_path: None) -> Iterator[Play]:
    """Plays scenarios with two workers, which are there again at the end of each."""
    supervisor = Supervisor(built_settings.model_copy(update={"workers": 2, "request_timeout": WAIT}), warm_up)
    with asyncio.Runner() as runner:
        runner.run(supervisor.start())

        def play(scenario: Scenario) -> Any:
            async def whole() -> Any:
                result = await scenario(supervisor)
                await _until(lambda: supervisor.alive == 2 and supervisor.trouble() is None)
                return result

            return runner.run(whole())

        yield play
        runner.run(supervisor.close())
        assert supervisor.alive == 0


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not happened():
            await asyncio.sleep(0.005)


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


async def _begun(file: Path) -> int:
    """The process of work that has begun."""
    await _until(file.exists)
    return int(file.read_text(encoding="utf-8"))


# ── a worker that dies ──


@pytest.mark.parametrize("fault", ["abort", "embed_unchecked"])
def test_a_fault_in_native_code_takes_one_request_and_no_other(play: Play, fault: str) -> None:
    async def scenario(pool: Supervisor) -> list[Any]:
        asks = [asyncio.create_task(pool.run(PolicyAssistant.ask, QUESTION)) for _ in range(10)]
        work = (hostile_work.abort,) if fault == "abort" else (hostile_work.embed_unchecked, DESTROYS_THE_HEAP)
        lost = asyncio.create_task(pool.run(*work))  # type: ignore[arg-type]
        asks += [asyncio.create_task(pool.run(PolicyAssistant.ask, QUESTION)) for _ in range(10)]
        with pytest.raises(WorkerLost, match=r"This question could not be answered; it has been logged\."):
            await lost
        return [*await asyncio.gather(*asks), await pool.run(PolicyAssistant.ask, QUESTION)]

    assert [answer.figures[0].amount for answer in play(scenario)] == [3_600_000] * 21


def test_a_worker_that_died_is_replaced_within_a_second(play: Play) -> None:
    async def scenario(pool: Supervisor) -> float:
        taken = []
        for _ in range(5):
            with pytest.raises(WorkerLost):
                await pool.run(hostile_work.abort)
            assert pool.alive == 1
            ended = time.monotonic()
            await _until(lambda: pool.alive == 2)
            taken.append(time.monotonic() - ended)
        return min(taken)  # the others say how busy the machine is

    assert play(scenario) < 1


def test_a_worker_that_is_ended_while_it_has_nothing_to_do_is_replaced(play: Play) -> None:
    async def scenario(pool: Supervisor) -> set[int]:
        first = await pool.run(hostile_work.process)
        os.kill(first, signal.SIGKILL)
        await _until(lambda: pool.alive < 2)
        await _until(lambda: pool.alive == 2)
        return {first} & {await pool.run(hostile_work.process) for _ in range(5)}

    assert play(scenario) == set()


def test_what_dies_is_told_to_who_counts(play: Play) -> None:
    told: list[str] = []

    class Watching:
        def embedded(self, seconds: float) -> None:
            told.append("embedded" if 0 < seconds < WAIT else "?")

        def restarted(self, reason: str) -> None:
            told.append(reason)

    async def scenario(pool: Supervisor) -> None:
        pool.watcher = Watching()
        await pool.run(PolicyAssistant.ask, "哪些政策支持企业引进人才?")
        with pytest.raises(WorkerLost):
            await pool.run(hostile_work.abort)
        await _until(lambda: "died" in told)
        pool.watcher = None

    play(scenario)
    assert told == ["embedded", "died"]


def test_without_memory_a_worker_is_ended_before_anything_else(play: Play) -> None:
    worker, template = play(lambda pool: pool.run(hostile_work.first_to_go))
    assert worker > template


# ── work that is stopped ──


def test_work_past_its_time_is_stopped_and_its_process_is_gone(play: Play, tmp_path: Path) -> None:
    async def scenario(pool: Supervisor) -> tuple[bool, int]:
        pool.timeout = 3.0
        late = asyncio.create_task(pool.run(hostile_work.take, 3600, str(tmp_path / "began")))
        process = await _begun(tmp_path / "began")
        running = _runs(process)
        with pytest.raises(TookTooLong, match="longer than 3 s"):
            await late
        pool.timeout = WAIT
        await _until(lambda: not _runs(process))
        return running, pool.under_way

    assert play(scenario) == (True, 0)


def test_work_that_nobody_waits_for_is_stopped(play: Play, tmp_path: Path) -> None:
    async def scenario(pool: Supervisor) -> None:
        unwanted = asyncio.create_task(pool.run(hostile_work.take, 3600, str(tmp_path / "began")))
        process = await _begun(tmp_path / "began")
        unwanted.cancel()
        await _until(lambda: not _runs(process))

    play(scenario)


def test_readiness_tells_when_nothing_would_be_answered(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "STUCK_SECONDS", 0.1)

    async def scenario(pool: Supervisor) -> list[str | None]:
        said = [pool.trouble()]
        first = asyncio.create_task(pool.run(hostile_work.take, 3600, str(tmp_path / "first")))
        await _begun(tmp_path / "first")
        await asyncio.sleep(0.2)
        said.append(pool.trouble())  # the other worker is free
        second = asyncio.create_task(pool.run(hostile_work.take, 3600, str(tmp_path / "second")))
        await _begun(tmp_path / "second")
        await _until(lambda: pool.trouble() is not None)
        said.append(pool.trouble())
        waiting = [asyncio.create_task(pool.run(hostile_work.process)) for _ in range(64)]
        await _until(lambda: pool.under_way == 66)
        said.append(pool.trouble())
        with pytest.raises(Busy):
            await pool.run(hostile_work.process)
        for task in (first, second):
            task.cancel()
        await asyncio.gather(*waiting)
        return said

    idle, half, stuck, full = play(scenario)
    assert (idle, half) == (None, None)
    assert stuck.startswith("Every answer process has been busy for")
    assert full == "The queue is full: 66 requests are under way."


# ── the template ──


def test_the_template_has_one_thread(play: Play) -> None:
    assert play(lambda pool: pool.run(hostile_work.threads)) == 1


def test_a_new_worker_shares_what_takes_long_to_load(play: Play) -> None:
    async def scenario(pool: Supervisor) -> bool:
        with pytest.raises(WorkerLost):
            await pool.run(hostile_work.abort)
        await _until(lambda: pool.alive == 2)
        return await pool.run(hostile_work.has_dictionaries)  # the newest is taken first

    assert play(scenario)


def test_without_its_template_the_service_goes_on_and_a_new_one_is_loaded(play: Play) -> None:
    async def scenario(pool: Supervisor) -> tuple[str | None, Any]:
        template = await pool.run(hostile_work.end_template)
        await _until(lambda: pool.trouble() is not None)
        said = pool.trouble()
        answer = await pool.run(PolicyAssistant.ask, QUESTION)
        await _until(lambda: pool.trouble() is None)
        with pytest.raises(WorkerLost):
            await pool.run(hostile_work.abort)
        assert not _runs(template)
        return said, answer.figures[0].amount

    assert play(scenario) == ("The assistant is being loaded; try again in a few seconds.", 3_600_000)


def test_a_worker_that_cannot_be_started_is_tried_again_until_it_can(
    play: Play, caplog: pytest.LogCaptureFixture
) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("another process's limits can be set on Linux only")

    async def scenario(pool: Supervisor) -> Any:
        template = await pool.run(hostile_work.template)
        usual = resource.prlimit(template, resource.RLIMIT_NOFILE)
        resource.prlimit(template, resource.RLIMIT_NOFILE, (3, usual[1]))  # it can open nothing more, a line neither
        try:
            with pytest.raises(WorkerLost):
                await pool.run(hostile_work.abort)
            await _until(lambda: caplog.text.count("an answer process could not be started") >= 2)
            answer = await pool.run(PolicyAssistant.ask, QUESTION)  # by the one that is left
        finally:
            resource.prlimit(template, resource.RLIMIT_NOFILE, usual)
        await _until(lambda: pool.alive == 2)
        assert await pool.run(hostile_work.template) == template
        return answer.figures[0].amount

    assert play(scenario) == 3_600_000


def test_what_keeps_the_assistant_from_being_loaded_is_raised(built_settings: Settings, tmp_path: Path) -> None:
    supervisor = Supervisor(built_settings.model_copy(update={"index_dir": tmp_path / "nothing"}), warm_up)

    async def scenario() -> None:
        try:
            await supervisor.start()
        finally:
            await supervisor.close()

    with pytest.raises(SnapshotError, match="policy-assistant build"):
        asyncio.run(scenario())


def test_what_dies_at_birth_is_tried_again_after_longer_and_longer_pauses() -> None:
    assert [_pause(failures) for failures in (0, 1, 2, 3, 10_000)] == [0.0, 0.2, 0.4, 0.8, 10.0]


# ── what crosses ──


def test_errors_cross_as_themselves(play: Play) -> None:
    async def scenario(pool: Supervisor) -> None:
        with pytest.raises(UnknownNameError, match='There is no clause "九"'):
            await pool.run(hostile_work.refuse, "九")
        with pytest.raises(InputError):
            await pool.run(PolicyAssistant.ask, "?")
        with pytest.raises(UnknownNameError):
            await pool.run(PolicyAssistant.clause, "nowhere#一")
        with pytest.raises(ValidationError, match="Input should be greater than or equal to 1"):
            await pool.run(hostile_work.validate, page=0)
        with pytest.raises(KeyError, match="a fault of ours") as fault:
            await pool.run(hostile_work.fail)
        assert "in fail" in "".join(fault.value.__notes__)  # where it happened, for the log
        with pytest.raises(RuntimeError, match="Unsendable: it was"):
            await pool.run(hostile_work.fail_unsendably)

    play(scenario)


def test_an_answer_is_that_of_the_assistant_itself(play: Play, assistant: PolicyAssistant) -> None:
    questions = [QUESTION, "哪些政策支持企业引进人才?", "What subsidy is there for rent?"] * 4

    async def scenario(pool: Supervisor) -> list[str]:
        answers = await asyncio.gather(*(pool.run(PolicyAssistant.ask, question) for question in questions))
        checkup = await pool.run(PolicyAssistant.match, Profile(region="成都"))
        return [answer.model_dump_json() for answer in answers] + [checkup.model_dump_json()]

    alone = [assistant.ask(question).model_dump_json() for question in questions]
    assert play(scenario) == [*alone, assistant.match(Profile(region="成都")).model_dump_json()]
