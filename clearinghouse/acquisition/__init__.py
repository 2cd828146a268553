"""How documents and records come in: from files, addresses and catalogues to rows."""
