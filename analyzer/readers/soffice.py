"""LibreOffice, where it is installed: one at a time in each process, in a profile of its own, stopped when it hangs."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.util import Finalize
from pathlib import Path

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance

PATIENCE = 120.0
"""Seconds after which LibreOffice, which needs one or two for a report, hangs."""
FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
PROGRAMS = ("soffice.com", "soffice", "libreoffice") if sys.platform == "win32" else ("soffice", "libreoffice")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "${ProgramFiles}/LibreOffice/program/soffice.com",
    "${ProgramFiles(x86)}/LibreOffice/program/soffice.com",
)
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""No macros, and nothing fetched from outside for a document that links to it."""
_ONE = threading.Lock()
_profiles: dict[int, Path] = {}


def program() -> str | None:
    """Where LibreOffice is: on the path, or where its installers put it; None without it."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        places = (place for pattern in PLACES for place in sorted(glob.glob(os.path.expandvars(pattern))))
        found = next((place for place in places if os.access(place, os.X_OK)), None)
    return found


def missing(name: str) -> Unreadable:
    """What to raise for a file that only LibreOffice reads, where it is not installed."""
    message = "needs LibreOffice to be read: install it (libreoffice.org), or save the report as DOCX or PDF"
    return Unreadable("libreoffice", name, message)


def convert(content: bytes, suffix: str, target: str, allowance: Allowance) -> bytes:
    """A document (`suffix` says of what format) as `docx` or `xlsx`; raises `UnreadableReport` where LibreOffice is
    missing, cannot open it, or hangs."""
    name = allowance.name
    soffice = program()
    if soffice is None:
        raise missing(name)
    with _ONE:
        for _ in range(2):
            allowance.time()
            found, crashed = _run(soffice, content, suffix, target, allowance)
            if found:
                allowance.size(len(found))
                return found
            if not crashed:
                break
    raise Unreadable("conversion", name, "LibreOffice cannot open it; save it as DOCX or PDF")


def _run(soffice: str, content: bytes, suffix: str, target: str, allowance: Allowance) -> tuple[bytes, bool]:
    """What LibreOffice made of a document (empty: nothing), and whether it ended in any other way than it should."""
    profile = _profile()
    with tempfile.TemporaryDirectory(dir=profile.parent, ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"report.{suffix}")
        source.write_bytes(content)
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
        command += ["--nodefault", "--nolockcheck", "--convert-to", FILTERS[target], "--outdir", folder, str(source)]
        try:
            failed = run(command, min(PATIENCE, allowance.seconds)) != 0
        except subprocess.TimeoutExpired:
            forget()
            allowance.time()
            message = f"LibreOffice gave no answer within {PATIENCE:.0f} s; save it as DOCX or PDF"
            raise Unreadable("conversion", allowance.name, message) from None
        made = source.with_suffix(f".{target}")
        if made.is_file() and source.suffix != made.suffix:
            return made.read_bytes(), failed
    if failed:
        forget()
    return b"", failed


def run(command: Sequence[str], seconds: float, **surroundings: str) -> int:
    """The exit status of LibreOffice. Raises `subprocess.TimeoutExpired` after it, and all it has started, was stopped
    for taking longer."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", **surroundings}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )
    try:
        return process.wait(seconds)
    except BaseException:
        _stop(process)
        raise


def _stop(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        quiet = subprocess.DEVNULL
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], stdout=quiet, stderr=quiet, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def _profile() -> Path:
    """The folder of settings of this process's LibreOffice, removed when the process ends."""
    own = os.getpid()
    if own not in _profiles:
        folder = tempfile.mkdtemp(prefix="analyzer-office-")
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=10)
        _profiles[own] = profile
    return _profiles[own]


def forget() -> None:
    """Removes this process's profile; the next conversion makes a new one."""
    profile = _profiles.pop(os.getpid(), None)
    if profile is not None:
        shutil.rmtree(profile.parent, ignore_errors=True)
