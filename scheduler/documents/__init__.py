"""Reading and writing the files of others."""
