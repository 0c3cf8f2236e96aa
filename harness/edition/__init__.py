"""What every generator writes: an edition with a public half, inputs, a sealed half and ``about.json``.

registry = Registry(seed)                                   # fresh ids, no order, no origin
train = registry.publish("train", tables, keys)             # ... validation, hidden
write_edition(out, public=..., inputs=three_inputs(hidden, rows, about), rows=rows,
              mask=registry.published(mask), about=About(...))
"""

from harness.croissant import DataCard
from harness.edition.about import About, Trap
from harness.edition.inputs import subset, three_inputs
from harness.edition.registry import Registry
from harness.edition.writing import ROW_COLUMNS, write_edition

__all__ = ["ROW_COLUMNS", "About", "DataCard", "Registry", "Trap", "subset", "three_inputs", "write_edition"]
