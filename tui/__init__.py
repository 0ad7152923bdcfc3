"""Run Tall: an offline handbook in the terminal for runners whose upper back gets sore."""
