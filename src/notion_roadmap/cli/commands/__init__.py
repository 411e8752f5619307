"""One file per command; each holds it under the name `command`."""
