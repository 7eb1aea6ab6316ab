"""A meeting's close, what is to be done, and what became of it. Joined in `moten/urls.py`."""

urlpatterns = []
