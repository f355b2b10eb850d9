"""The numbered checks of a line, listed where rules are looked for; each is told in tomoni/plans/checking/."""

from tomoni.plans.checking.run import CHECKS

RULES = tuple(check.rule for check in CHECKS)
CODES = frozenset(rule.code for rule in RULES)
