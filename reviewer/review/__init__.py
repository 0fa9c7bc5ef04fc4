"""What a review is: plain values and the rules about them. No files, no Qt."""
