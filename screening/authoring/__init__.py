"""What helps the people who write question files, beyond telling what is wrong."""
