"""Old minutes read in. Joined in `moten/urls.py`."""

urlpatterns = []
