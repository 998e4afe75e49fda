extension LanguageProfile {
  /// Languages in Latin letters.
  static let latin: [LanguageProfile] = [
    LanguageProfile(
      "en", .latin,
      """
      the of and to in is that for it was on are as with be by at this have from or had not but what were when we
      there which their said if will each about how up out them then she many some these would other into has more
      could than been who its now did may they you he his her our all can such only also should between through
      where any both
      """),
    LanguageProfile(
      "de", .latin, letters: "äöüß",
      """
      der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
      dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
      mehr durch man sein wurde sei wenn kann diese dieser dieses wir ich ihre seine unter gegen vom können sowie
      zwischen
      """),
    LanguageProfile(
      "fr", .latin, letters: "éèêàçùœûîô",
      """
      de la le et les des en un une du dans est que pour qui au par plus pas sur ne se ce il sont avec aux cette
      mais ou son ses être leur comme sa nous été ont elle ces même fait entre peut aussi deux tout après sans sous
      ainsi dont très donc où je vous ils elles était l d qu n s c
      """),
    LanguageProfile(
      "es", .latin, letters: "ñáéíóú¿¡",
      """
      de la que el en y a los del se las por un para con no una su al es lo como más o pero sus le ha este sí porque
      esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni
      contra otros fue son está han ser dos años era tiene puede así cada según e
      """),
    LanguageProfile(
      "it", .latin, letters: "àèìòù",
      """
      di e il la che in un per è del una non da sono con le si della i al dei come nel più alla ha gli anche delle
      lo ma dal se ai questo questa o tra nella degli su essere stato suo sua dalla dell all nell l fra ed cui
      quando molto loro due già può dopo ogni così viene tutti
      """),
    LanguageProfile(
      "pt", .latin, letters: "ãõçáéíóúâêô",
      """
      de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua
      ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus
      são pode esta este às foram você nas sobre
      """),
    LanguageProfile(
      "nl", .latin, letters: "ĳ",
      """
      de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door over ze wordt
      hebben kan naar heeft hun worden of die deze dit was had tot werd wel geen meer zich al tussen onder na haar
      hij wij we waar wat zal moet kunnen zoals
      """),
    LanguageProfile(
      "da", .latin, letters: "æøå",
      """
      og i at det er en til af på for med den som de der ikke et har var fra om kan men vi eller skal hvor sig blev
      han også efter ved når være blive bliver over denne dette disse mellem man meget hvis nogle mange ud op sin
      hun sine
      """),
    LanguageProfile(
      "no", .latin, letters: "æøå",
      """
      og i det er en til av på for med som å den har de ikke et var fra om kan men vi eller skal hvor seg ble han
      også etter ved når være blir over denne dette disse mellom man mye hvis noen mange ut opp sin hun bli etter
      oss
      """),
    LanguageProfile(
      "sv", .latin, letters: "äöå",
      """
      och i att det är en som på för av med den till inte har de ett om var från vi men eller kan ska så sig han
      också efter vid när vara bli blir över denna detta dessa mellan man mycket finns några många ut upp sin hon
      under
      """),
    LanguageProfile(
      "fi", .latin, letters: "äö",
      """
      ja on ei että se oli ovat tai kun hän myös mutta sen joka niin ole kuin sekä ovat jos vain voi mukaan jotka
      siitä ne olla tämä tämän hänen mitä jo nyt vielä kanssa jälkeen joita sitä siinä niiden ollut joissa
      """),
    LanguageProfile(
      "pl", .latin, letters: "ąćęłńśźż",
      """
      w i z na do się nie jest to że o jak od przez po za dla oraz ale są tym który która które był co ze ich jego
      być może też tego pod było lub już czy tylko bardzo przy jej między tak te aby
      """),
    LanguageProfile(
      "cs", .latin, letters: "ěřůčšžýáíé",
      """
      a se v na je že to s z do i o ve jako pro za od který která které byl si ale po by jsou bylo není při také
      podle nebo až jeho již však ke tak než co pouze jejich může mezi což aby pokud
      """),
    LanguageProfile(
      "sk", .latin, letters: "ľĺŕôäčšžýťď",
      """
      a sa v na je že to s z do aj o vo ako pre za od ktorý ktorá ktoré bol si ale po by sú bolo nie pri tiež podľa
      alebo až jeho už však ku tak než čo iba ich môže medzi aby ak
      """),
    LanguageProfile(
      "hu", .latin, letters: "őűáéíóöúü",
      """
      a az és hogy nem is egy ez meg csak volt de azt el már még mint ha vagy ezt kell lehet majd azonban után
      között által így minden olyan pedig szerint amely amelyek illetve számára között sem van voltak ezek
      """),
    LanguageProfile(
      "ro", .latin, letters: "ăâîșțşţ",
      """
      de și în a la cu pe că nu din o un este pentru mai sau ca se au al care fi prin sunt fost cele dar lui după
      între unui unei ale această acest acestea este iar către fără foarte până când
      """),
    LanguageProfile(
      "hr", .latin, letters: "čćđšž",
      """
      i je u se na da su za od s a o koji koja koje ne kao ili iz bi što to do po će bio nije sve ali te samo može
      prema biti među nakon kod već zbog između ako ovaj njihov
      """),
    LanguageProfile(
      "sl", .latin, letters: "čšž",
      """
      in je v na se da so za z s o ki ne kot ali iz bi kar to do po bo bil ni pri pa tudi lahko ter med ima smo
      zaradi če vendar tako njihov kjer več ob
      """),
    LanguageProfile(
      "et", .latin, letters: "õäöü",
      """
      ja on ei et see oli või kui ta ka aga mis kes oma siis nii ning selle olid ole sest mida tema kõik välja juba
      pärast nende veel üle vahel kuid võib
      """),
    LanguageProfile(
      "lv", .latin, letters: "āčēģīķļņšūž",
      """
      un ir ar no uz par kas tas ka bet ne kā arī pie pēc lai vai tika gan jau var to tikai bija līdz starp šis viņa
      tiek nav pret būt kad
      """),
    LanguageProfile(
      "lt", .latin, letters: "ąčęėįšųūž",
      """
      ir yra kad su iš į o bet ne tai kaip buvo ar jo apie dėl po už per tik jau gali iki pagal bei nuo tarp jos
      taip kurie kuris savo būti metu
      """),
    LanguageProfile(
      "tr", .latin, letters: "ğışçöü",
      """
      ve bir bu da de için ile olarak çok olan daha gibi kadar ancak ne ya sonra en veya her değil var ise göre
      tarafından olduğu üzere arasında ki o mi hem ama diye
      """),
    LanguageProfile(
      "id", .latin,
      """
      yang dan di dari untuk dengan pada ini itu dalam tidak adalah akan ke oleh atau juga sebagai dapat lebih telah
      karena ada mereka saat kami bisa tersebut sudah seperti antara secara bahwa
      """),
    LanguageProfile(
      "vi", .latin, letters: "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
      """
      và của là có trong được cho các một những với không người này đã khi từ để về như ra đến cũng tại theo nhiều
      vào sự trên sẽ hay việc
      """),
    LanguageProfile(
      "ca", .latin, letters: "çàèéíòóú·",
      """
      de la el i que a en les els un per una amb del es no al més com dels és o va són ha ser també seva aquest
      aquesta entre però sobre pel han fins molt quan seu l d s
      """),
    LanguageProfile(
      "la", .latin,
      """
      et in est non ad cum ut sed quod ex qui atque per quae nec ab enim autem sunt aut esse etiam ac vel si quam
      eius ipsum dolor sit amet tempor nisi quis
      """),
  ]
}
