"""What is measured: one file a bench."""
