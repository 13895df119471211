"""What the product does, without Qt."""
