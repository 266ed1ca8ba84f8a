"""Routes of importing."""

urlpatterns: list[object] = []
