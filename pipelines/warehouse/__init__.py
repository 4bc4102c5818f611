"""DuckDB: the parse cache, the SQL models, the build, the atomic publication and the generated dictionary."""
