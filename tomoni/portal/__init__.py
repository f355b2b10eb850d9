"""Home, turn lists, search, menus and the demonstration: the only app that may know all."""
