"""The widgets: they are told what to show and say what the reader did."""
