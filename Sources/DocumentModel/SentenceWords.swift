/// The words that tell whether a full stop ends a sentence; all in lower case and without their last stop.
enum SentenceWords {
  /// Never the end of a sentence: a name, a number or a noun follows.
  static func leadsOn(_ word: String) -> Bool { leading.contains(word) }

  /// May end a sentence, and does where a word follows that opens one.
  static func mayEnd(_ word: String) -> Bool { open.contains(word) }

  /// Stands where sentences begin, and seldom after an abbreviation.
  static func opensSentence(_ word: String) -> Bool { openers.contains(word) }

  /// An article that is a part of names too: `J. De Vries`, `P. La Rue`.
  static func isNameParticle(_ word: String) -> Bool { particles.contains(word) }

  /// Stands after an ordinal number: `12. Dezember`, `19. Jahrhundert`.
  static func followsOrdinal(_ word: String) -> Bool { ordinals.contains(word) }

  /// Abbreviations by language; one spelling that is a common word elsewhere is left out.
  private static let leading = words(
    // Titles
    """
    mr mrs ms messrs dr prof profs rev hon ste sgt capt cpt lt st maj cmdr adm gov supt hr hrn frl mme mlle mmes mgr
    sr sra srta srs dra dña sig sig.ra sigg dott dott.ssa avv dipl pfr dhr mevr phdr mudr judr bc pani
    """,
    // References and numbers
    """
    nos nr nrn n° nº num núm vol vols pp pg fig figs eq eqs sec secs ch chap chaps tbl ed abb abs abschn anm aufl bd
    bde hrsg kap tel ziff zit säml ff pág págs blz hfdst str strany rys рис табл стр см ул пр д им акад проф
    """,
    // Latin and words that introduce
    """
    vs cf viz ca approx e.g eg i.e ie z.b zb d.h dh bspw bzw sog vgl evtl ggf inkl exkl insb mind durchschn u.a.m
    i.d.r i.v.m p.ex p.e éd op.cit loc.cit ibid t.ex bl.a dvs f.eks fx bijv d.w.z o.a zgn np tj tzn tzv např vm esim
    т.е т.к напр
    """,
    // Months and days
    "jan feb apr jun jul aug sep sept oct okt nov dec dez tues thu thur thurs fri")

  private static let open = words(
    """
    gen col rep sen fr me ing par pl cap ap tab cl ref refs min max pres lic resp est etc al inc ltd co corp bros
    llc plc jr esq dept univ ass assn ave blvd rd mt ft usw ecc enz osv jne itp itd atd apod u.s u.k u.n e.u u.s.a
    a.m p.m ph.d m.d b.a m.a b.sc m.sc d.c n.y a.d b.c gmbh mio mrd tsd p.a s.a u.ä o.ä u.a s.p.a s.l s.r.l b.v n.v
    т.д т.п г гг руб коп млн млрд тыс в.в н.э
    """)

  private static let openers = words(
    """
    the a an this that these those it its he she they we you in on at for from with by when while if as but and
    however there then thus to all both each no not our his her their after before since although because some many
    most der die das ein eine es er sie wir ich im in am bei mit wenn als auch doch aber und diese dieser dieses
    nach seit le la les un une des il elle ils elles nous on ce cette ces dans pour mais et en au aux el los las una
    lo ella ellos se en por para pero y con su este esta estos i gli uno si nel nella per con ma e questo questa o
    os as um uma ele ela no na mas de het een hij zij we maar dit deze det den en et han hun vi men och og
    """)

  private static let particles = words("de den der das la le el los las les un una o os as i a am al et e y")

  private static let ordinals = words(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember januari februari marts
    mars maj augusti desember december jahrhundert jahrhunderts jahrhunderten auflage kapitel klasse lebensjahr
    stock platz mal weltkrieg bezirk semester tag woche jahrestag ledna února března dubna května června července
    srpna září října listopadu prosince
    """)

  private static func words(_ lists: String...) -> Set<String> {
    Set(lists.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
  }
}
