"""What must hold for any input: one function for each part of newslint, of bytes, that raises where it does not hold.

Readers, rules and report formats are those of the plugin registry, so that new ones are looked at as they come.
"""

from collections.abc import Callable, Mapping

from fuzz.checking import files, rules_alone, rules_together
from fuzz.reading import decoding, layers
from fuzz.reports import reports
from fuzz.stored import store
from fuzz.written import configuration, ignoring, known

TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "decode": decoding, "layers": layers, "rules": rules_alone, "compare": rules_together, "files": files,
    "configuration": configuration, "gitignore": ignoring, "baseline": known, "store": store, "report": reports,
}  # fmt: skip
