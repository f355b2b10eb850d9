"""Settings by place: base, dev, test, prod."""
