"""The command `aarshjul`: every command with its help, one clear line on what can be mended."""

from web.cli.root import main

__all__ = ["main"]
