"""People, the parties they act for, departments through renames, roles and permissions, and the Actor."""
