"""What has been done and what is left, for whoever follows the plan."""
