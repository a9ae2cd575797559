"""What strangers may throw at us."""
