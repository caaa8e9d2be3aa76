"""What one frame, answer or head costs at most: memory and time, whatever is in it."""
