"""How people are related, and who and what supports a family: rows, and the genogram and ecomap drawn from them."""
