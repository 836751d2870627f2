"""What the site does for itself: reference pages made from newslint's code, and a look at its links.

``extension`` is what Sphinx loads. What makes pages (``pages``, ``rules``, ``cases``, ``commands``, ``settings``,
``report``) knows nothing of Sphinx: it gives mark-down.
"""
