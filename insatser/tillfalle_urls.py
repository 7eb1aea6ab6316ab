app_name = "tillfallen"
urlpatterns = []
