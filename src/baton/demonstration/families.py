"""Makes up families: who is in them, and what somebody would write when asking for help for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from baton.demonstration.names import BOYS, CHILD_AGES, FAMILY_NAMES, GIRLS, MEN, WOMEN
from baton.demonstration.texts import say
from baton.requests.actions import Asked, Named

YEAR = timedelta(days=365)
SCHOOLS = ("Larkmere Primary School", "Otterdown Academy", "Copperfield Special School", "Acorn Gate Nursery")
STREETS = ("Otter Lane", "Lantern Row", "Bramble Close", "Thistle Walk", "Kettle Street", "Harbour Steps")


@dataclass(frozen=True)
class MadeUp:
    """A family that does not exist."""

    family_name: str
    children: tuple[Named, ...]
    adults: tuple[Named, ...]
    address: str
    phone: str

    def asks(self, random: Random, *, reasons: list[str], consent: str, enquirer: dict[str, str]) -> Asked:
        """What somebody asks for this family."""
        return Asked(
            **enquirer,  # type: ignore[arg-type]
            people=(*self.children, *self.adults),
            reasons=reasons,
            concerns=say(random, "concerns"),
            strengths=say(random, "strengths"),
            tried=say(random, "tried"),
            consent=consent,
            consent_by=f"{self.adults[0].given_name} {self.adults[0].family_name}" if consent == "given" else "",
            consent_method="verbal" if consent == "given" else "",
            address=self.address,
        )


def make_up(random: Random, *, on: date) -> MadeUp:
    """A family with one to five children, one or two parents and sometimes a grandmother."""
    name = random.choice(FAMILY_NAMES)
    children = tuple(_child(random, name, on) for _ in range(random.choices((1, 2, 3, 4, 5), (30, 38, 20, 9, 3))[0]))
    oldest = min(child.date_of_birth or on for child in children)
    adults = [_adult(random, name, oldest, "F", "mum")]
    if random.random() < 0.55:
        adults.append(_adult(random, name, oldest, "M", "dad"))
    if random.random() < 0.3:
        born = oldest - YEAR * random.randint(45, 60)
        adults.append(Named("wider", random.choice(WOMEN), name, born, "F", "nan"))
    address = f"{random.randint(1, 140)} {random.choice(STREETS)}"
    return MadeUp(name, children, tuple(adults), address, f"01632 960{random.randint(0, 999):03}")


def _child(random: Random, name: str, on: date) -> Named:
    age = random.choices(range(18), CHILD_AGES)[0]
    born = on - YEAR * age - timedelta(days=random.randint(1, 360))
    sex = random.choices("FM", (47.7, 52.3))[0]
    school = random.choice(SCHOOLS) if age >= 3 else ""
    return Named("child", random.choice(GIRLS if sex == "F" else BOYS), name, born, sex, "", school)


def _adult(random: Random, name: str, oldest: date, sex: str, relationship: str) -> Named:
    born = oldest - YEAR * random.randint(18, 38) - timedelta(days=random.randint(0, 360))
    return Named("parent", random.choice(WOMEN if sex == "F" else MEN), name, born, sex, relationship)
