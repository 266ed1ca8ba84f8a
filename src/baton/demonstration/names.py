"""Names for people who do not exist. Family names are plainly made up, so that nobody mistakes the demonstration for life."""

FAMILY_NAMES = tuple(
    first + second
    for first in (
        "Quill", "Thistle", "Bramble", "Otter", "Pebble", "Marsh", "Lantern", "Copper", "Willow", "Sparrow",
        "Puddle", "Bracken", "Hazel", "Kettle", "Meadow", "Finch", "Clover", "Harbour", "Velvet", "Acorn",
    )
    for second in ("feather", "wick", "down", "button", "shaw", "mere", "spoon", "lark", "gate", "whistle", "combe", "field")
)  # fmt: skip
GIRLS = (
    "Amelie", "Bryony", "Chidinma", "Daisy", "Elif", "Freya", "Grace", "Hana", "Imogen", "Jasmin", "Keira", "Lola", "Maryam", "Niamh",
    "Oluchi", "Poppy", "Qamar", "Rosa", "Saoirse", "Tilly", "Una", "Violet", "Wiktoria", "Xanthe", "Yasmin", "Zofia",
)  # fmt: skip
BOYS = (
    "Alfie", "Bilal", "Callum", "Dexter", "Emeka", "Finley", "George", "Harvey", "Idris", "Jakub", "Kofi", "Leo", "Mateusz", "Noah",
    "Oscar", "Piotr", "Quentin", "Rafi", "Stanley", "Theo", "Umar", "Vincent", "Wilfred", "Xavi", "Yusuf", "Zachary",
)  # fmt: skip
WOMEN = (
    "Angela", "Beata", "Carol", "Donna", "Esther", "Farah", "Gemma", "Helen", "Ifeoma", "Joanne", "Kelly", "Leanne", "Michelle", "Nicola",
    "Olga", "Priya", "Rachel", "Samantha", "Tracey", "Ursula", "Vicky", "Wendy", "Yvonne", "Zainab",
)  # fmt: skip
MEN = (
    "Adrian", "Barry", "Craig", "Darren", "Edmund", "Farid", "Gareth", "Hugh", "Ivan", "Jason", "Kevin", "Lee", "Martin", "Nathan",
    "Owen", "Paul", "Rashid", "Simon", "Tomasz", "Victor", "Wayne", "Yaw", "Zubair", "Stephen",
)  # fmt: skip
# How often each single year of age stands among children helped, in per cent (docs/demonstration.md names the figures' origin).
CHILD_AGES = (3.0, 4.0, 2.8, 5.4, 6.1, 6.9, 7.2, 6.3, 6.7, 6.2, 6.0, 6.3, 5.8, 6.0, 6.0, 5.8, 4.6, 4.6)
