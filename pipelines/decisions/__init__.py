"""What people decide about what was read and found: figures corrected or confirmed, findings acknowledged.

Decisions are rows of two CSV files, `corrections.csv` and `acknowledgements.csv`, in the data folder; the package
may ship some of its own beside the vocabulary. Nothing that a decision says is code: it is kept, shown and compared as
text.
"""
