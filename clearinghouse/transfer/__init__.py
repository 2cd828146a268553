"""The whole library out and in: records that any program can read, originals, and digests that prove both.

An export is a folder in the BagIt layout (RFC 8493). `parts` says which rows travel, `records` turns rows into
plain records, `restoring` turns records into rows again, `bag` keeps the folder, and `exporting` and `importing`
are the use cases.
"""
