"""What an officer recommends, the approval line, and the decision of another person."""
