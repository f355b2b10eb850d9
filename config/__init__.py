"""Settings, addresses and the server entry; no logic."""
