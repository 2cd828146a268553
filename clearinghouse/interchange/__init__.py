"""What other systems are told of the library: records to harvest, descriptions of pages, lists of addresses."""
