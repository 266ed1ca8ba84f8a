"""Routes of relationships."""

urlpatterns: list[object] = []
