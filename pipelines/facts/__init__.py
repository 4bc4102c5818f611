"""Tables and sentences become facts: figures with their meaning."""
