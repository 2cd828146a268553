"""What the library holds and a curator keeps in order: resources, their forms, and collections of them."""
