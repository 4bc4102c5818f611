"""What people read: the terminal, and files made from the published warehouse."""
