"""The summons, answers to it, and calendars. Joined in `moten/urls.py`."""

urlpatterns = []
