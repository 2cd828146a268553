"""The project officer's desk: enquiries from visitors, and answer packs."""
