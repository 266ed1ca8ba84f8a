"""What is typed to look at a family on a day."""

from baton.platform.form_fields import BatonForm, DayField


class DayForm(BatonForm):
    """A day in the past, or today."""

    on = DayField(label="Who was in the family on", called="date", past=True)
