"""How fast the library is, against another program in the same run: ``python -m benchmarks FOLDER``.

Nothing here is a test: a figure says something about one machine on one day.
`docs/performance.md` says how to read them.
"""
