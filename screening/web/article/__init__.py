"""The article a patient may read first: its text, its pictures, its references.

Everything here is pure but `load.py`, which reads the files. Routes live elsewhere.
"""
