"""What reading one file may cost: time, memory, pages and size, as the settings say.

A worker process binds itself with `bind` and starts the clock of each file with `clock`; the kernel keeps both, so that a
reader stuck in a C library is ended, too. Readers may ask for more time where work is known to be slow, a scanned page say.
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import UnreadableFile
from store.settings import settings

A_SCANNED_PAGE = 60.0  # seconds: OCR takes about eight on one core
_SMALLER = "请拆分或精简后再导入"


def scratch(process: int) -> str:
    """How the folders begin that a process makes for a file, so that whoever ends it finds them."""
    return f"mingzhang-{process}-"


def bind() -> None:
    """Binds this process to the limit of memory, for good; what goes past it is a MemoryError, or ends the process."""
    allowed = settings().file_memory << 20
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no gigabytes behind
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends the process, whatever it is busy with


@contextmanager
def clock() -> Iterator[None]:
    """The time that a file has: when it is over the process ends, with SIGALRM."""
    signal.setitimer(signal.ITIMER_REAL, settings().file_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def allow(seconds: float) -> None:
    """Gives the file that is being read so much more time, where a clock runs."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if left:
        signal.setitimer(signal.ITIMER_REAL, left + seconds)


def check_pages(pages: int, path: Path) -> None:
    """UnreadableFile where a document has more pages than are read."""
    most = settings().file_pages
    if pages > most:
        raise UnreadableFile(f"{path.name} 有 {pages} 页，超过单个文件 {most} 页的上限（MINGZHANG_FILE_PAGES）：{_SMALLER}")


def check_size(path: Path) -> None:
    """UnreadableFile where a file is larger than what is read. OSError where nothing is known of it."""
    megabytes, most = path.stat().st_size / (1 << 20), settings().file_size
    if megabytes > most:
        raise UnreadableFile(f"{path.name} 有 {megabytes:.0f} MB，超过单个文件 {most} MB 的上限（MINGZHANG_FILE_SIZE）：{_SMALLER}")


def memory_message(path: Path) -> str:
    """What to say of a file that needed more memory than it may."""
    return (
        f"{path.name} 读取时超过单个文件 {settings().file_memory} MB 内存的上限（MINGZHANG_FILE_MEMORY）：{_SMALLER}，或另存为 PDF 后再导入"
    )


def death_message(path: Path, exit_code: int) -> str:
    """What to say of a file over which its worker ended with this exit code (negative: a signal's number)."""
    if exit_code == -signal.SIGALRM:
        seconds = settings().file_seconds
        return f"{path.name} 读取超过 {seconds:g} 秒的时限（MINGZHANG_FILE_SECONDS），已放弃：{_SMALLER}，或另存为 PDF 后再导入"
    if exit_code == -signal.SIGKILL:
        return f"{path.name} 的读取进程被系统终止，多半因内存不足：请减少 --workers 后重试，或拆分该文件"
    name = signal.Signals(-exit_code).name if exit_code < 0 else f"退出码 {exit_code}"
    return f"{path.name} 使读取进程崩溃（{name}），文件可能已损坏或过大：请重新下载，或另存为 PDF 后再导入"
