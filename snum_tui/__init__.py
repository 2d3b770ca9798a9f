"""A keyboard-driven terminal client for virtual-number sites."""

__version__ = "0.1.0"
