"""The public register: profiles, what groups give and seek, yearly renewal."""
