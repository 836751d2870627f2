"""The engine: plans a run, takes documents from paths to findings, and knows no rule by name."""
