"""Many machines: the work of a run over the workers of a Ray cluster, or of a Ray on this machine alone."""
