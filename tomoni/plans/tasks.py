"""Work for the worker: reading an uploaded sheet."""

from __future__ import annotations

from django_tasks import task

from tomoni.imports.models import Batch
from tomoni.kernel.clock import now
from tomoni.plans.importing.job import read_now
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


@task()
def read_batch(slug: str, key: int) -> str:
    """Read the file of a batch of that municipality; the stage it ended in. A batch that is gone is nothing to do."""
    with scope(Municipality.objects.get(slug=slug)):
        batch = Batch.objects.select_related("file").filter(pk=key).first()
        return read_now(batch, at=now()).stage if batch else ""
