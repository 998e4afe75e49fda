"""Prose for scans and long documents: eight short essays, each of three paragraphs, written for these fixtures."""

ESSAYS: list[tuple[str, list[str]]] = [
    (
        "Paper",
        [
            "Paper is older than printing by more than a thousand years. Its makers in China learned to beat the bark "
            "of the mulberry tree, old rags and worn fishing nets in water until the fibres came apart, and to lift "
            "them out again on a screen. When the water had run off, what stayed behind was a thin felt that could be "
            "peeled away, pressed and dried. Nothing holds it together but the fibres themselves, which cling to each "
            "other as they dry.",
            "The craft travelled slowly westward along the trade roads. Samarkand made paper in the eighth century, "
            "Baghdad soon after, and Spain by the twelfth. The mills of Fabriano in Italy brought three improvements: "
            "stampers driven by water that beat the rags, gelatine that sized the sheet so that ink would not spread, "
            "and the watermark, a figure of wire sewn to the mould that left its shape in every sheet.",
            "For six hundred years a vatman could make some two thousand sheets in a working day. The machine changed "
            "the measure. It poured the pulp on an endless belt of wire, and the sheet had no end: what had been "
            "counted was now weighed. Wood took the place of rags, for rags could not be had in such amounts, and "
            "paper became the cheapest of all the things that people write on.",
        ],
    ),
    (
        "Bridges of Stone",
        [
            "An arch never sleeps, as the old masons said. Every stone in it leans on its neighbour and is leaned "
            "upon, and the whole stands only because each of its parts is trying to fall. Take away the keystone and "
            "the rest follows. Leave it in place, and the heavier the load above, the tighter the joints below are "
            "closed.",
            "The Romans built half circles and set their piers close together, since a half circle must not be "
            "flattened. The piers took up so much of the river that the water ran hard between them and dug away the "
            "ground on which they stood. More old bridges were lost to the scouring of their footings than to any "
            "weight that crossed them.",
            "In the Middle Ages the builders of Florence dared a flatter curve. The arches of the Ponte Vecchio rise "
            "only about a seventh of their span, so that three of them were enough where the Romans would have "
            "needed five. The flatter the arch, the harder it pushes outward, and the heavier must be the banks "
            "that hold it in.",
        ],
    ),
    (
        "The Tower on the Rock",
        [
            "John Smeaton was an instrument maker before he was an engineer, and he looked at the rock off Plymouth "
            "with an instrument maker's patience. Two towers had stood there before. The first was carried away by a "
            "storm in the year 1703 together with the man who had built it, and the second burned down to the rock in "
            "1755.",
            "He gave his tower the form of an oak: broad at the foot, quickly drawn in, and straight above. Each "
            "stone was cut to lock into those beside it, and each course was pinned to the one below with plugs of "
            "marble. For the joints he needed a mortar that would set under water, and he tried one lime after "
            "another until he found that those which had clay in them were best.",
            "The lamp, at first no more than twenty-four candles, was lit on the sixteenth of October 1759. The tower "
            "stood for more than a hundred years, and it was not the masonry that failed in the end but the rock "
            "beneath it. The upper part was taken down stone by stone and set up again on the Hoe at Plymouth, where "
            "it may still be climbed.",
        ],
    ),
    (
        "Ink",
        [
            "The black ink of the medieval scribe was made from a disease of the oak. A small wasp lays its egg in a "
            "young twig, and the tree grows a round gall about it. Crushed and steeped in water, the galls give an "
            "acid. With a salt of iron and a little gum it becomes a pale grey liquid, which darkens on the page as "
            "the air reaches it.",
            "Such an ink bites into parchment and cannot be washed away, only scraped off with a knife. That was its "
            "great virtue, and laws in many countries demanded it for deeds and registers. It was also its vice. "
            "Where the scribe had been generous with the salt, the acid went on working for centuries, and in some "
            "books the letters have fallen out of the leaves like the windows out of a house.",
            "Printers could not use it at all. It ran off the metal type as rain runs off a goose. They took their ink "
            "from the painters instead: lampblack ground into boiled linseed oil, thick and sticky, which was dabbed "
            "on with two leather balls. It does not sink into the paper but dries upon it, and it has not faded since.",
        ],
    ),
    (
        "Measuring the Depth",
        [
            "Before the echo sounder, a ship felt her way into shallow water with a rope and a piece of lead. The "
            "leadsman stood in the chains outside the rail, swung the weight forward and let it run. When the line "
            "stood straight up and down he called the mark that was nearest to the water: leather for two fathoms and "
            "for three, white linen for five, red wool for seven.",
            "The marks were of different stuffs so that they could be told apart in the dark, with wet hands or with "
            "the lips. Depths that had no mark were called deeps and had to be guessed between two others. The line "
            "was measured wet, since a dry one would have grown longer by a good part of a fathom as soon as it was "
            "used.",
            "A hollow in the foot of the lead was filled with tallow. It brought up a little of the bottom, sand or "
            "shell or blue mud, and an old pilot could tell from that, as well as from the depth, on which bank he "
            "stood. The charts of the time give both: a number for the fathoms and a letter for what the tallow would "
            "find.",
        ],
    ),
    (
        "The Clock and the Longitude",
        [
            "To find how far north or south a ship stands, one needs only the height of the sun at noon. East and "
            "west are another matter. The sky turns through fifteen degrees in an hour, so whoever knows what time it "
            "is at home, and sees what time it is where he stands, knows how far round the world he has gone. All "
            "that is wanted is a clock that keeps its time at sea.",
            "No such clock existed. A pendulum is useless on a deck that heaves, and oil which is thin in Jamaica is "
            "thick off Newfoundland. John Harrison, a carpenter, spent most of his life on the question. His first "
            "three machines filled a cabin each. The fourth was a large watch, some thirteen centimetres across, and "
            "on a voyage of eighty-one days it lost about five seconds.",
            "The astronomers preferred the moon, which crosses the stars like the hand of a great dial. Its path "
            "could be foretold, and the tables were printed for years ahead. Both ways came into use at the same "
            "time, and for half a century careful captains used the one to check the other, until good watches became "
            "cheap.",
        ],
    ),
    (
        "A Short History of the Index",
        [
            "A book that is a roll can be read from one end to the other, but it cannot well be looked into. Only "
            "when the leaves were cut and bound at one edge did it become possible to say where in a book a thing "
            "stands, and even then it took long until people wished to. The first great concordance of the Bible was "
            "the work of friars in Paris, and was finished about the year 1239.",
            "They could not refer to pages, for no two copies of a written book have the same pages. They divided each "
            "chapter into seven parts and gave the parts letters. Printing changed this: all copies of an edition were "
            "alike, and a number in the corner of the leaf meant the same to every reader. Printed page numbers are "
            "found from about 1470, and within a century hardly a learned book was without them.",
            "An index is made by someone who has read the book for the sake of those who have not. It must foresee the "
            "words under which they will look, which are seldom the words of the author. The best are the work of "
            "patient people with a sense of humour, and now and then they slip an opinion in between two entries.",
        ],
    ),
    (
        "Beacons of Fire",
        [
            "The oldest sea lights were fires on hills, and someone had to carry the wood. On the tower of "
            "Alexandria, which was counted among the seven wonders, the fuel went up on the backs of animals by a "
            "ramp inside the walls. The tower stood for some sixteen hundred years, until earthquakes brought it "
            "down, and sailors of three religions had steered by it.",
            "Coal burns longer than wood and gives more light, and many British lights burned it in open baskets until "
            "about the year 1800. The light at the Isle of May in the Firth of Forth was the largest of its kind. In a "
            "winter's night it consumed a ton of coal, and three men were kept busy with hauling it up the tower. "
            "In a gale the windward side was blown dark, just when it was needed most.",
            "What came after was at first no brighter, but it was steadier. The lamp of Argand had a wick in the form "
            "of a tube, with air drawn up both inside and out, and a chimney of glass. It did not smoke, it did not "
            "flicker, and one keeper could look after a dozen of them, each in front of its own silvered mirror.",
        ],
    ),
]
