"""A whole plan is read in five queries, whatever its size."""

from tests import make
from tomoni.plans.selectors.tree import tree_of


def test_a_plan_is_read_in_five_queries_whatever_its_size(city, django_assert_num_queries):
    small, large = make.plan(title="小", measures=35), make.plan(title="大", measures=350)

    with django_assert_num_queries(5):
        assert len(tree_of(small).lines) == 42
    with django_assert_num_queries(5):
        assert len(tree_of(large).lines) == 420
