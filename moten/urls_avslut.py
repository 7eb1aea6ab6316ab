"""Closing a meeting and what is followed up after it. Joined in `moten/urls.py`."""

urlpatterns = []
