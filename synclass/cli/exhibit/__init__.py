"""What a newcomer finds before and after class: a lesson that has ended, and one of tomorrow."""
