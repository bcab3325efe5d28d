"""Text of pictures: models that find and read lines, rulings and cells of tables, and what may be misread."""
