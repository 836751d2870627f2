"""How Sphinx builds the site; the command stands in CONTRIBUTING.md."""

import sys
from pathlib import Path

from newslint import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "newslint"
project_copyright = "The newslint authors"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "newslint_site.extension"]
exclude_patterns = ["_build"]

# A reference that leads nowhere is a warning, and the build takes no warnings.
nitpicky = True
nitpick_ignore_regex = [
    # Other people's documentation is on the network, which a build does without.
    ("py:.*", r"(abc|array|collections|enum|pathlib|typing)\b.*"),
    ("py:.*", r"newslint\..*\.(T|Item|Result|Word)"),  # type variables
]
# Rules' examples hold faults.
suppress_warnings = ["misc.highlighting_failure"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Dashes are what options begin with, and quotation marks are a subject here: they stay as they are written.
smartquotes = False

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
add_module_names = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "newslint"
html_static_path = ["_static"]
html_css_files = ["newslint.css"]
html_copy_source = False
html_show_sphinx = False
html_use_index = True
html_theme_options = {"navigation_with_keys": True}
# The colours of code in the light theme and the dark one, both with enough contrast to read.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
