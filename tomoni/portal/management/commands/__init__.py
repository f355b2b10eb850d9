"""Commands of the installation, one a module."""
