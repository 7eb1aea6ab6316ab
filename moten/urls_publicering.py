"""Approval, announcement and publication of records. Joined in `moten/urls.py`."""

urlpatterns = []
