"""Carrying out: duties, checklists, talks, accounts, changes, closing report."""
