app_name = "moten"
urlpatterns = []
