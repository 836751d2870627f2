"""The report as one page to be read in a browser: figures, findings in their text, copies side by side.

The page is complete in itself: no request leaves it, which its content security policy makes sure of. What comes from
files is data: escaped by the template, or JSON that the page's script only ever shows as text.
"""

from newslint.render.html.page import render

__all__ = ["render"]
