"""The whole library out and in: records that any program can read, originals, and digests that prove both.

An export is a folder in the BagIt layout (RFC 8493). `parts` says which rows travel, `records` turns rows into
plain records, `restoring` turns records into rows again, `new_folder` makes a folder whole or not at all, `bag`
keeps it, and `exporting` and `importing` are the use cases.
"""
