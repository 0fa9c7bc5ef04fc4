"""Check, plan, carry out: how a review becomes a post in a blog's folder."""
