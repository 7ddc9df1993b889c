"""What an administrator sees and changes in one municipality."""
