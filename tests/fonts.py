"""The fonts of this machine that hold Chinese characters."""

import shutil
import subprocess


def chinese_fonts() -> list[str]:
    """The files of the fonts with Chinese characters that fontconfig knows; none where it is not installed."""
    if shutil.which("fc-list") is None:
        return []
    listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, timeout=60).stdout
    return sorted(line.strip().rstrip(":") for line in listed.splitlines() if line.strip())
