"""Controls that Qt does not have: marks, chips, fields on a line."""
