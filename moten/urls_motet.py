"""The meeting while it goes on and its page. Joined in `moten/urls.py`."""

urlpatterns = []
