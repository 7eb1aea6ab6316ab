"""The agenda: what a body always takes up, wishes, building and ordering. Joined in `moten/urls.py`."""

urlpatterns = []
