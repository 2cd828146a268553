"""What a visitor looks through without searching: resources, doors, pathways, collections to take away."""
