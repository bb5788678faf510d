"""What the command-line verbs print, for people with Rich and for programs as JSON."""
