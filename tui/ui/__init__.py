"""What Textual shows: the app, its screens, their controllers and widgets."""
