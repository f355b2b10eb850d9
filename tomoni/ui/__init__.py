"""The page frame, components, access declarations, panels and the component gallery."""
