app_name = "ansokan"
urlpatterns = []
