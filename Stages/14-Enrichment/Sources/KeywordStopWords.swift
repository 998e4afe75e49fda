/// Words that are no keywords although they have some meaning of their own: of every text, whatever its subject.
enum KeywordStopWords {
  /// The stop words of a language: its function words, and those below.
  static func words(of language: String?) -> Set<String> {
    let language = language ?? "en"
    return LanguageProfile.words(of: language).union(more[language] ?? [])
  }

  private static let more: [String: Set<String>] = [
    "en": words(
      """
      a an i me my your us it's don't above after again against am any because before being below cannot could did
      do does doing down during few further get got here hers herself him himself if into itself just let like made
      make makes may might most must myself no nor off once one two three four five ones only own per same shall she
      since so still take than that theirs those though through thus too under until upon use used uses using very
      via want we well went whose why within without would yet yours al et etc fig figs figure figures table tables
      section sections chapter page pages see e.g i.e example examples first second third last new many much several
      various different given based however therefore hence moreover furthermore although while whether either
      neither rather also even every each another found show shows shown way ways part parts case cases number
      numbers following respectively including include includes said say says come came go going know think good
      great high low large small long short year years day days time times left right able available possible
      """),
    "de": words(
      """
      abs abb nr bzw etc usw wurden worden hat hatte hatten dies jede jeder jedes alle allem allen aller alles
      andere anderen anderer bereits beim bin bist da dabei dadurch dafür dagegen daher damit danach dann daran
      darauf daraus darin darüber davon dazu deren dessen doch dort du dürfen ebenfalls eigenen einigen einige etwa
      etwas euch ihm ihn ihnen ihr ihrem ihren ihrer immer ins jedoch jetzt kein keine keinen keiner könnte liegt
      machen mal mein mich mir müssen muss nun ob ohne sehr seinem seinen seiner selbst soll sollen sondern statt
      trotz uns unser unsere viel viele vielen weil weiter welche welcher wer werde weitere wieder will wo worden
      würde würden zwar zwei drei ersten erste tabelle abbildung kapitel seite beispiel jahr jahre jahren zeit
      """),
    "fr": words(
      """
      ai aux avait avons cela celle celui ces cet chaque ci car comment depuis doit encore eux faire fois font ici
      jusqu là lors lorsque lui ma mes moins mon ni notre nos ou par parce peu peuvent plusieurs pourquoi puis quand
      quel quelle quelques sauf selon sera seront si soit son sont ta tant tel telle toujours tous toute toutes un
      vers voir vos votre été êtes étaient exemple figure tableau page chapitre deux trois an ans année années
      """),
    "es": words(
      """
      algo alguna algunas alguno algunos ante antes aquel aquella aunque bajo bien cada casi cual cuales cualquier
      debe deben dentro después dice donde dos ella ellas ellos entonces eran esa esas ese eso esos estaba estado
      estas estos fin forma hace hacer hacia mayor mediante menos mientras mismo misma mucho muchos nada nosotros
      nuestra nuestro otra otras otro parte poco primera primero pueden pues quien sea sean ser sido siempre siendo
      sino sobre solo tal tan tanto tenía tienen toda todas tres tras través usted vez figura tabla página capítulo
      ejemplo
      """),
    "it": words(
      """
      agli alcuni alcune allora ancora anno anni aveva avere ciò col coi dove dagli dalle deve devono dopo egli essi
      era erano fino hanno invece mentre mio noi nostro ora però perché poco poi prima proprio qua quale quali
      quello quella quelli quindi sarà sempre senza sia solo sopra sotto stata stati sue sui sul sulla suoi tale
      tanto tutto tutta un uno verso vi voi figura tabella pagina capitolo esempio
      """),
    "pt": words(
      """
      ainda além alguns algumas ano anos antes aquele aquela assim através cada caso cerca contra cujo dela dele
      deste desta deve devem dois onde outra outro outros pelos pelas pois porque qual qualquer quem sendo si sido
      sob tal tanto tem têm tinha toda todas todo todos três um vez vezes figura tabela página capítulo exemplo
      """),
    "nl": words(
      """
      alle alles altijd ander andere daar daarom dat deze die dus echter een eens eerst elk elke en enkele er
      geweest hier hoe iets ik ja je jaar jaren jij kon kunnen maken mijn moeten nu omdat ons onze ook reeds sinds
      steeds te toch toen uw veel verder via vooral waarin waarbij waren weer werden wie wil worden zeer zijn zo
      zonder zou figuur tabel pagina hoofdstuk voorbeeld
      """),
  ]

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
