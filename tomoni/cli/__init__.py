"""The command line `tomoni`: one module per group of commands."""
