"""Planning, applying and publishing a municipality's year."""
