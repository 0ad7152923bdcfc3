"""Text made safe, measured, wrapped and typeset, for the screen and for plain output alike."""
