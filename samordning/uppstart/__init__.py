"""Behind ./start: the environment, Postgres, the broker and the commands that run inside them.

`miljo.py` runs first, by path and with the standard library only; the other modules run inside the virtual environment.
"""
