"""Messages to events to observers."""
