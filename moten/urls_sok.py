"""The diarium's papers and requests for disclosure. Joined in `moten/urls.py`."""

urlpatterns = []
