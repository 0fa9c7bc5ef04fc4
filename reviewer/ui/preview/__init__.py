"""The post as the blog will show it, beside the text."""
