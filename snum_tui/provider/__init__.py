"""The site's HTTP API, and nothing else."""
