"""A local site that speaks the documented API; a stranger to the rest of the house."""
