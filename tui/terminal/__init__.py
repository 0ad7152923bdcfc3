"""What this terminal can show, and how to send it as little as possible."""
