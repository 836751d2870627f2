"""The report formats, one file each. Only the command line loads them, by their plugin references."""
