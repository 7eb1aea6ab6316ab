"""What people do together on their phones during a meeting. Joined in `moten/urls.py`."""

urlpatterns = []
