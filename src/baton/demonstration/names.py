# ruff: noqa: SIM905 - a list of words reads better than a list of quotation marks
"""Names for people who do not exist. Family names are plainly made up, so that nobody takes them for life."""

FIRST_HALVES = tuple(
    """
    Quill Thistle Bramble Otter Pebble Marsh Lantern Copper Willow Sparrow Puddle Bracken Hazel
    Kettle Meadow Finch Clover Harbour Velvet Acorn
    """.split()
)
SECOND_HALVES = tuple(
    """
    feather wick down button shaw mere spoon lark gate whistle combe field
    """.split()
)
FAMILY_NAMES = tuple(first + second for first in FIRST_HALVES for second in SECOND_HALVES)
GIRLS = tuple(
    """
    Amelie Bryony Chidinma Daisy Elif Freya Grace Hana Imogen Jasmin Keira Lola Maryam Niamh Oluchi
    Poppy Qamar Rosa Saoirse Tilly Una Violet Wiktoria Xanthe Yasmin Zofia
    """.split()
)
BOYS = tuple(
    """
    Alfie Bilal Callum Dexter Emeka Finley George Harvey Idris Jakub Kofi Leo Mateusz Noah Oscar
    Piotr Quentin Rafi Stanley Theo Umar Vincent Wilfred Xavi Yusuf Zachary
    """.split()
)
WOMEN = tuple(
    """
    Angela Beata Carol Donna Esther Farah Gemma Helen Ifeoma Joanne Kelly Leanne Michelle Nicola
    Olga Priya Rachel Samantha Tracey Ursula Vicky Wendy Yvonne Zainab
    """.split()
)
MEN = tuple(
    """
    Adrian Barry Craig Darren Edmund Farid Gareth Hugh Ivan Jason Kevin Lee Martin Nathan Owen Paul
    Rashid Simon Tomasz Victor Wayne Yaw Zubair Stephen
    """.split()
)
# How often each year of age stands among children helped, in per cent (docs/demonstration.md says where from).
CHILD_AGES = (3.0, 4.0, 2.8, 5.4, 6.1, 6.9, 7.2, 6.3, 6.7, 6.2, 6.0, 6.3, 5.8, 6.0, 6.0, 5.8, 4.6, 4.6)
