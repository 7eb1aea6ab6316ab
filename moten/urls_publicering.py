"""Publication of records, and what the public reads. Joined in `moten/urls.py`."""

urlpatterns = []
