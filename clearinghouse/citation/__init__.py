"""How a resource is cited, in words and in files of reference managers."""
