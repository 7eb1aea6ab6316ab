"""Search, the register of papers, requests for disclosure. Joined in `moten/urls.py`."""

urlpatterns = []
