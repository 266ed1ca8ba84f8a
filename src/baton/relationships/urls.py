"""Routes of relationships."""

from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route
from baton.relationships.views import changes, pictures

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
A_FAMILY = "families/<int:family_id>/"
A_RELATIONSHIP = "relationships/<int:relationship_id>/"
A_TIE = "ties/<int:tie_id>/"

urlpatterns = [
    route(f"{A_FAMILY}genogram/", pictures.genogram, name="genogram", allowed=READ),
    route(
        f"{A_FAMILY}relationships/add/",
        changes.AddRelationshipPage.as_view(),
        name="add-relationship",
        allowed=WORKERS,
    ),
    route(f"{A_FAMILY}relatives/add/", changes.AddRelativePage.as_view(), name="add-relative", allowed=WORKERS),
    route(A_RELATIONSHIP, changes.CorrectRelationshipPage.as_view(), name="correct-relationship", allowed=WORKERS),
    route(
        f"{A_RELATIONSHIP}strike/",
        changes.StrikeRelationshipPage.as_view(),
        name="strike-relationship",
        allowed=WORKERS,
    ),
    route(f"{A_FAMILY}network/", pictures.network_page, name="network", allowed=READ),
    route(f"{A_FAMILY}network/add/", changes.AddTiePage.as_view(), name="add-tie", allowed=WORKERS),
    route(A_TIE, changes.CorrectTiePage.as_view(), name="correct-tie", allowed=WORKERS),
    route(f"{A_TIE}change/", changes.ChangeTiePage.as_view(), name="change-tie", allowed=WORKERS),
    route(f"{A_TIE}strike/", changes.StrikeTiePage.as_view(), name="strike-tie", allowed=WORKERS),
]
