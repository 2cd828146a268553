"""The library at a glance, on one page to print: what it holds, what it lacks, and what waits for somebody.

`holdings` counts, `parts` says what each count means, `pictures` draws it, and `page` puts it on paper.
"""
