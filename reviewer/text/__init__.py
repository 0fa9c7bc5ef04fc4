"""Front matter to values and back, Markdown to HTML, mentions, counts. Works on text; opens no review itself."""
