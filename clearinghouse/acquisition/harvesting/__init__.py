"""Harvests: places that list documents, asked again and again for what is new.

`sources` keeps them; `listings` reads what one lists, `items` keeps that as rows, `running` takes it in.
"""
