"""What strangers, and clients with good keys and bad manners, may throw at us."""
