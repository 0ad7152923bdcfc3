"""What the reader did: ticks, runs, soreness, reading places; kept in one small file."""
