"""What the sample says; written for it."""

from paper import Leaf

TITLE = "Keeping the Light"
SUBTITLE = "Lighthouses, their lenses, and how a sailor reads them"
SERIES = "Notes from the Coast, No. 7"
AUTHOR = "The Sheaf Project"
BYLINE = "The Sheaf Project · Notes from the Coast, No. 7 · 2026"

ABSTRACT = (
    "For two thousand years a fire on a tower told ships where the land was. This note tells how far such a light can "
    "be seen and why, how the open fire became a lens of glass, what the lenses are called, and how an officer of "
    "the watch finds out which light is in front of the ship. It closes with a leaf from a keeper’s log."
)

CONTENTS = [
    ("1 How far a light is seen", "1"),
    ("2 From fire to lens", "2"),
    ("3 The orders of lenses", "4"),
    ("4 Reading a light from the bridge", "5"),
    ("5 The last keepers", "7"),
]

RANGE = [
    "A light at sea has two limits. The first is the curve of the Earth: beyond a certain distance the lamp lies "
    "below the horizon, and no brightness will lift it. The second is the air, which swallows a part of the light in "
    "every mile. Charts therefore print a <b>nominal range</b>, which is how far the light carries in clear weather, "
    "and the height of the lamp, from which the other limit can be reckoned.<super>1</super>",
]
FOOTNOTE = (
    "<super>1</super> Heights on charts are counted from mean high water springs in most countries, so that at low "
    "water a light is seen a little farther than the table says."
)
HORIZON_PROSE = [
    "Let the lamp stand at a height <i>H</i> above the sea and the eye at a height <i>h</i>, both in metres. Light is "
    "bent a little downward by the air, which lengthens the distance by about a twelfth. With that allowance the "
    "greatest distance <i>d</i> in nautical miles is",
]
FORMULA = "d = 2.08 × (√H + √h)"
AFTER_FORMULA = [
    "A lamp 36 metres high and an eye at 9 metres see each other at 2.08 × (6 + 3) = 18.7 miles. The same eye "
    "meets a fishing boat’s lantern, 4 metres above the water, only at 10.4 miles. More on these tables can be found "
    'at the site of the <link href="https://www.iala.int/" color="#1f4e79">International Organization for Marine Aids '
    "to Navigation</link>.",
]
WEATHER = ["Four things shorten the range of a light. They are, in the order in which a keeper met with them:"]
CAUSES = [
    "haze and rain, which scatter the light;",
    (
        "fog, in which no lamp helps and other means were tried:",
        [
            "bells and gongs, struck by hand and later by clockwork;",
            "guns, fired every quarter of an hour;",
            "sirens and horns, blown by compressed air;",
        ],
    ),
    "salt on the panes, which had to be washed off after every gale;",
    "birds, which flew against the lantern by night in their hundreds.",
]

FIGURE_1 = "Figure 1. A tower at dusk. The beam is seen from the side because the damp air scatters it."
FIRE = [
    "The first lights were fires of wood on a headland. On the tower of Alexandria, built about 280 years before our "
    "era, the fire stood higher than a hundred metres, and it was said to be visible for a whole day’s sail.",
    "Wood gave way to coal, and coal to candles and oil. A fire of coal is bright when the wind blows and dull "
    "when it does not; a candle is always the same, and always too weak. In the year 1759 the new tower on the "
    "Eddystone rocks showed twenty-four candles, as much light as one small electric bulb of today.",
    "The keepers of such lights were often the owners as well. They took a toll from every ship that came into port, "
    "and some of them saved on the coal. Not before the nineteenth century did most countries put their lights into "
    "the hands of one office, which built towers where they were needed and not where they would pay.",
]
MIRRORS = [
    "A flame shines in every direction, but ships are only in some of them. Whatever shines upward is lost to the "
    "clouds, and whatever shines inland only wakes the neighbours. A bowl of polished metal behind the lamp "
    "gathers what would be lost and sends it out to sea.",
    "The best mirrors had the form that Archimedes knew as a parabola. They were made of copper, faced with "
    "silver, and beaten into shape on a block. With the lamp of Argand, whose round wick drew air from within and "
    "without, one mirror gave as much as four hundred bare flames in the direction of its axis, and almost nothing in "
    "any other. It had to be polished every morning, and after some years the polish had gone through the silver.",
]
FRESNEL = [
    "Augustin Fresnel, an engineer of roads and bridges, was asked in 1819 to look into the lights of France. He "
    "turned from mirrors to glass. A lens large enough to take in most of the flame would be as thick as a wall, "
    "and most of that wall would do nothing but swallow light, since only the slope of its surface bends the rays.",
    "So he kept the slopes and left out the rest. His lens is a small bull’s eye surrounded by rings, each "
    "a slice of the great lens that is not there, set back until all of them stand in one plane.",
]
FRESNEL_MORE = [
    "Above and below the rings he later put prisms that work in another way: the light enters, strikes the back of the "
    "glass at so low an angle that it cannot leave, and is thrown out to sea. Between them, rings and prisms gather "
    "more than four fifths of the flame. The first such lens was lit on the tower of Cordouan, at the mouth of the "
    "Gironde, in July 1823, and sailors saw it from more than twenty miles.",
    "Fresnel did not live to see the rest. He died in 1827, thirty-nine years old, and his brother Léonor carried on "
    "the work. Within thirty years there was hardly a country with a coast that had not ordered its glass in Paris, "
    "where the prisms were cast, ground on turning tables with sand and then with rouge, and fitted into frames of "
    "brass, each one numbered so that the lens could be taken down, packed in straw and built up again on the far "
    "side of the world.",
]
FIGURE_2 = "Figure 2. Half of a lens in section. Each prism bends its share of the light into the beam."
TURNING = [
    "A lens that looks in one direction must turn. The apparatus of a great light weighs several tons, and yet "
    "it had to go round evenly all night, driven by a weight that sank through the tower on a chain and was wound up "
    "by the keeper every few hours. On rollers it took minutes to turn once.",
    "Late in the nineteenth century the lens was floated on mercury. Three tons could then be moved with one finger, "
    "and a turn took ten seconds instead of minutes. Flashes became short and quick, and a sailor no longer had to "
    "wait long for the next.",
    "The speed, the number of panels and the gaps between them were chosen so that no two lights on a coast kept the "
    "same time. A single panel gives one flash in each turn. Two panels set side by side on one half of the frame, "
    "with the other half left dark, give a pair of flashes and a pause.",
]
GAS = [
    "The first electric light in a lighthouse was shown at South Foreland in December 1858. It was far too dear for "
    "common use, and for sixty years oil under pressure, burned in a mantle like that of a street lamp, lit most of "
    "the coasts of the world.",
    "In a mantle the oil is not burned from a wick. It is driven through a hot tube, turns to vapour, and heats a "
    "hood of woven ash until it glows white. The same tank of oil gave three times the light, and a keeper who had "
    "trimmed wicks for thirty years had to learn his trade again.",
    "Gustaf Dalén made a valve that opened by night and shut by day, worked by nothing but the sun: a blackened rod "
    "grew longer in daylight than three bright ones beside it, and shut off the gas. Lights on rocks where no one "
    "could live now burned for a year without a visit. He was given the Nobel Prize in Physics in 1912.",
]
SOUND = [
    "In fog the strongest lens is blind. The oldest answer is the bell. It was joined by the gun, by the steam "
    "whistle, and from the eighteen-sixties by horns with a vibrating tongue of steel. Sound is a poor guide all the "
    "same: it may skip over a mile of water and be heard clearly beyond it, so that a ship which hears nothing knows "
    "nothing.",
    "Radio put an end to the guessing. From about 1920 beacons at the great lights sent a letter in Morse code, and a "
    "loop of wire on the ship, turned until the letter faded, told where it came from. Satellites have since taken "
    "over that task, too. But a satellite can be jammed and a receiver can fail, and the light on the headland asks "
    "for nothing but a pair of eyes.",
]

ORDERS_PROSE = [
    "Lenses were made in sizes called <i>orders</i>, by the distance from the flame to the glass. A lens of the first "
    "order is a room that one can stand in; one of the sixth is carried under the arm. Table 1 gives the usual six and "
    "the one that was put between the third and the fourth.",
]
TABLE_1 = "Table 1. The orders of lenses. Weights are of the glass and its frame and differ between makers."
ORDERS_HEAD = [
    ["Order", "Size of the lens", "", "", "Where it was used"],
    ["", "Focal distance, mm", "Height, mm", "Weight, kg", ""],
]
ORDERS = [
    ["First", "920", "2,590", "5,800", "Great sea lights and landfalls"],
    ["Second", "700", "2,070", "1,600", "Sea lights, large islands"],
    ["Third", "500", "1,580", "900", "Straits and wide bays"],
    ["Third and a half", "375", "1,090", "450", "Bays, large lakes"],
    ["Fourth", "250", "720", "300", "Harbours, rivers and piers; in later years also light vessels and buoys"],
    ["Fifth", "187.5", "540", "200", ""],
    ["Sixth", "150", "430", "100", ""],
]
CHARACTER_PROSE = [
    "Two lights on one coast must never look alike. Each has a <i>character</i>: its colour, the rhythm of light and "
    "dark, and the time after which the rhythm begins again, which is its <i>period</i>. Table 2 lists the rhythms "
    "that are most often met with, as charts abbreviate them.",
]
TABLE_2 = "Table 2. Rhythms of light."
CHARACTERS = [
    ["Name", "On charts", "What is seen"],
    ["Fixed", "F", "A light that never changes"],
    ["Occulting", "Oc", "Steady, with short intervals of darkness"],
    ["Isophase", "Iso", "Light and darkness of the same length"],
    ["Flashing", "Fl", "Dark, with single flashes at regular intervals"],
    ["Long flashing", "LFl", "Flashes of two seconds or more"],
    ["Quick", "Q", "From fifty to seventy-nine flashes in a minute"],
    ["Morse", "Mo(A)", "Short and long flashes that form a letter"],
]

READING = [
    "A light comes up over the horizon on the port bow. Which one is it? The officer of the watch proceeds in a "
    "fixed order, and does not guess before the end:",
]
STEPS = [
    "Take the bearing, and write down the time.",
    (
        "Observe the light by itself, with a watch that counts seconds:",
        [
            "the colour, which may differ from one sector to another;",
            "the number of flashes in a group;",
            "the period, taken over five groups and divided by five.",
        ],
    ),
    "Look for that character on the chart, within the distance at which a light of its height can be seen.",
    "Compare the depth under the keel with the chart. If the two disagree, it is another light.",
]
EXAMPLE = [
    "A chart entry such as <b>Fl(2) W 10s 41m 17M</b> reads: two white flashes every ten seconds, from a lamp 41 "
    "metres above the water, with a nominal range of 17 nautical miles.",
]
TABLE_3 = "Table 3. Distance to the horizon from a given height, by the rule of section 1.1."
HORIZON = [
    ["Height of the eye", "Metres", "Nautical miles"],
    ["A rowing boat", "1", "2.1"],
    ["The deck of a yacht", "2.5", "3.3"],
    ["The bridge of a coaster", "9", "6.2"],
    ["The bridge of a liner", "25", "10.4"],
    ["A first-order light", "64", "16.6"],
]
PROGRAM_PROSE = ["The rule fits into a few lines of Python:"]
PROGRAM = """from math import sqrt

def range_of_light(lamp, eye):
    # heights in metres, result in nautical miles
    return 2.08 * (sqrt(lamp) + sqrt(eye))

print(range_of_light(36, 9))  # 18.72"""

LOG_LEAF = Leaf(
    "From the Log of the Keeper",
    [
        "14 November. Wind south-west, a whole gale at four in the afternoon. Lit the lamp at 16.20. Spray over the "
        "lantern by six, and the panes on the weather side white with salt.",
        "15 November. The gale went on all night. At two in the morning a bark passed to the north under bare poles. "
        "She burned a blue light and I answered with the horn. The clockwork ran slow by reason of the cold; I warmed "
        "the oil on the stove and it went well again.",
        "16 November. Wind fell to a fresh breeze. Washed the panes within and without. Counted thirty-one dead "
        "birds on the gallery, most of them thrushes. Oil used in three nights: 27 litres. The boat could not land.",
        "17 November. Fine and clear. The boat came at ten with bread, letters and a new chimney for the lamp. Two of "
        "the letters were for the keeper before me.",
    ],
    6,
)

KEEPERS = [
    "A light was kept by families, often for generations. There were always at least two keepers on a rock, and after "
    "a bad winter at the Smalls, when one of two men died and the other was alone with him for weeks, there were "
    "three. They took the watches in turn, trimmed the wick, wound the weight, and wrote down the weather.",
    "The first lights to lose their keepers were those that had gas and Dalén’s valve. Electric lamps with spare bulbs "
    "on a turntable followed, and telephones that called when something failed. In Great Britain the last keepers left "
    "the North Foreland in November 1998. The towers still shine. A diode no larger than a coin, behind a lens of "
    "acrylic, does the work of five tons of glass.",
]
GLOSSARY = [
    "<b>Character:</b> colour, rhythm and period of a light, taken together.",
    "<b>Gallery:</b> the walk around the lantern, from which its panes are cleaned.",
    "<b>Lantern:</b> the room of glass at the top of a tower, not the lamp that is in it.",
    "<b>Period:</b> the time after which the rhythm of a light begins again.",
]
READING_LIST = [
    "Alan Stevenson, <i>A Rudimentary Treatise on the History, Construction, and Illumination of Lighthouses</i>. "
    "London: John Weale, 1850.",
    "Robert Louis Stevenson, <i>Records of a Family of Engineers</i>. London: Chatto &amp; Windus, 1912. "
    '<link href="https://www.gutenberg.org/ebooks/280" color="#1f4e79">www.gutenberg.org/ebooks/280</link>',
    "John Smeaton, <i>A Narrative of the Building and a Description of the Construction of the Edystone Lighthouse "
    "with Stone</i>. London, 1791.",
]
