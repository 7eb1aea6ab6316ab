"""The record on paper, and its approval. Joined in `moten/urls.py`."""

urlpatterns = []
