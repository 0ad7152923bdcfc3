"""The version of the program; packaging reads it from here."""

VERSION = "0.1.0"
