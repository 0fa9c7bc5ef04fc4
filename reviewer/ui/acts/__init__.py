"""What the actions do: each file takes one kind of work, and is handed what it needs."""
