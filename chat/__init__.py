"""What the chat shows, as plain values and HTML; app.py puts it on the screen."""
