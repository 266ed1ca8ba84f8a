"""The genogram and the network of a family, and the forms beside them."""
