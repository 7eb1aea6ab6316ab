"""Old minutes that are read in. Joined in `moten/urls.py`."""

urlpatterns = []
