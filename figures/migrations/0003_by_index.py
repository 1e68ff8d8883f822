"""What is looked up for each row that was entered is found by its index, and for no other row.

Before PostgreSQL has counted a table it may read all of it, and ask for the outcome of each clock
that there is: it has to know what that costs.
"""

from django.db import migrations

ENTERED = ("figures_clocks_entered", "figures_lines_entered")
FORWARDS = [
    *(f"ALTER FUNCTION {name}() SET enable_seqscan = off" for name in ENTERED),
    "ALTER FUNCTION figures_outcome(workflows_clock) COST 10000",
]
BACKWARDS = [
    *(f"ALTER FUNCTION {name}() RESET enable_seqscan" for name in ENTERED),
    "ALTER FUNCTION figures_outcome(workflows_clock) COST 100",
]


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_triggers")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
