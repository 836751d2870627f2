"""Fuzzing: what must hold for any input, inputs made to break it, and the command that runs the one on the other.

    PYTHONPATH=tests python -m fuzz                                     # what there is
    PYTHONPATH=tests python -m fuzz rules --runs 50000 --corpus FOLDER  # coverage-guided where atheris is installed
    PYTHONPATH=tests python -m fuzz --coverage FOLDER                   # what the inputs kept there reach
    PYTHONPATH=tests python -m fuzz.work                                # what grows faster than its text

``tests/test_fuzz.py`` runs a few inputs of each target with every change.
"""
