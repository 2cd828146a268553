"""The whole library as plain pages: opened from a stick or a disc, without a server or a network, search included.

The pages are those of the web site, asked for one after another (`writing`), with every link turned into the name
of a file (`places`, `pages`). `extra` has the few that only such a copy needs; `words` makes the index that its
search reads.
"""
