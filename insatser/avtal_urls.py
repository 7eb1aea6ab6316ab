app_name = "avtal"
urlpatterns = []
