"""One program at a time, runs that did not end well, and reports of faults."""

import os
import signal
import subprocess
import sys

from reviewer.library.crash import MOST_REPORTS, hard_log, keep, left_by_last_run, report
from reviewer.library.runs import Lock, Runs

HOLDER = "import sys, pathlib; from reviewer.library.runs import Lock; lock = Lock.take(pathlib.Path(sys.argv[1])); assert lock; print('held', flush=True); sys.stdin.read()"


def holder(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_held_by_one_process(tmp_path):
    with holder(tmp_path / "lock") as process:
        assert Lock.take(tmp_path / "lock") is None
        process.kill()


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    with holder(tmp_path / "lock") as process:
        os.kill(process.pid, signal.SIGKILL)
    lock = Lock.take(tmp_path / "lock")
    assert lock is not None
    lock.release()


def test_runs_that_did_not_end_are_counted(tmp_path):
    assert [Runs(tmp_path).begin() for _ in range(3)] == [0, 1, 2]


def test_a_run_that_ended_well_begins_the_count_anew(tmp_path):
    Runs(tmp_path).begin()
    Runs(tmp_path).end()
    assert Runs(tmp_path).begin() == 0


def fault():
    try:
        int("The words of a review")
    except ValueError as error:
        return report(error, error.__traceback__)
    raise AssertionError


def test_a_report_has_versions_and_lines_and_no_text_of_a_review(tmp_path):
    said = fault()
    assert "PySide6" in said
    assert "test_runs.py, line" in said
    assert "ValueError" in said
    assert "words of a review" not in said


def test_a_report_names_no_folder_of_the_writer(tmp_path):
    try:
        (tmp_path / "My secret film").read_bytes()
    except OSError as error:
        said = report(error, error.__traceback__)
    assert "No such file" in said
    assert "secret" not in said
    assert str(tmp_path) not in said


def test_reports_are_kept_up_to_a_number(tmp_path):
    for number in range(MOST_REPORTS + 5):
        keep(tmp_path, f"{number}")
    kept = sorted(tmp_path.glob("report-*.txt"))
    assert len(kept) == MOST_REPORTS
    assert kept[-1].read_text() == str(MOST_REPORTS + 4)


def test_a_process_that_dies_of_a_signal_leaves_a_report_that_is_told_once(tmp_path):
    dies = "import faulthandler, sys, os, signal; faulthandler.enable(open(sys.argv[1], 'w')); os.kill(os.getpid(), signal.SIGSEGV)"
    subprocess.run([sys.executable, "-c", dies, str(hard_log(tmp_path))], check=False, stderr=subprocess.DEVNULL)
    assert "Segmentation fault" in left_by_last_run(tmp_path)
    assert left_by_last_run(tmp_path) == ""
