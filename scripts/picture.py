"""Draw what a command prints on a terminal as an SVG picture, for the README and the site.

    python scripts/picture.py docs/images/fixtures.svg --width 100 -- newslint fixtures/fr/port-de-brehan.txt

The command is run as it is, with colours forced; nothing in the picture is made up.
"""

import argparse
import os
import re
import subprocess
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, DIMMED_MONOKAI
from rich.text import Text


def main() -> None:
    """Run the command and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=100, help="columns of the terminal")
    parser.add_argument("--lines", type=int, help="keep only so many lines")
    parser.add_argument("--light", action="store_true", help="dark on light")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(options.width)}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(options.command, capture_output=True, text=True, env=environment, check=False)
    lines = done.stdout.rstrip("\n").split("\n")
    if options.lines and len(lines) > options.lines:
        lines = [*lines[: options.lines], "…"]
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=options.width, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text.from_ansi("$ " + " ".join(options.command)), style="bold")
        for line in lines:
            console.print(Text.from_ansi(line), soft_wrap=True)
    theme = DEFAULT_TERMINAL_THEME if options.light else DIMMED_MONOKAI
    picture = console.export_svg(title="newslint", theme=theme)
    # The reader's own monospaced font does; a picture should fetch nothing.
    picture = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", picture).replace("Fira Code, monospace", "monospace")
    options.picture.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
