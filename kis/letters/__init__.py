"""Letters: what they say, their fonts, and the pages they become."""
