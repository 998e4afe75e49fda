import Contracts
import DocumentModel
import Testing

@testable import Enrichment

@Suite("Languages")
struct LanguageTests {
  /// Sentences written for this test.
  @Test(
    "a sentence or two tell the language",
    arguments: [
      ("en", "The committee has decided that the meeting will be held in the old town hall next week."),
      ("de", "Der Ausschuss hat beschlossen, dass die Sitzung nächste Woche im alten Rathaus stattfindet."),
      ("fr", "Le comité a décidé que la réunion se tiendra la semaine prochaine dans la vieille mairie."),
      ("es", "El comité ha decidido que la reunión se celebrará la próxima semana en el viejo ayuntamiento."),
      ("it", "Il comitato ha deciso che la riunione si terrà la prossima settimana nel vecchio municipio della città."),
      ("pt", "O comité decidiu que a reunião será realizada na próxima semana no antigo edifício da câmara."),
      ("nl", "De commissie heeft besloten dat de vergadering volgende week in het oude stadhuis wordt gehouden."),
      (
        "da",
        "Udvalget har besluttet, at mødet skal holdes i næste uge på det gamle rådhus, og at alle kan blive efter det."
      ),
      (
        "no",
        "Utvalget har besluttet at møtet skal holdes neste uke i det gamle rådhuset, og at alle kan bli etter det."
      ),
      ("sv", "Utskottet har beslutat att mötet ska hållas nästa vecka i det gamla rådhuset och att alla är välkomna."),
      ("fi", "Valiokunta on päättänyt, että kokous pidetään ensi viikolla vanhassa kaupungintalossa ja se on avoin."),
      ("pl", "Komitet zdecydował, że spotkanie odbędzie się w przyszłym tygodniu w starym ratuszu i nie jest to żart."),
      ("cs", "Výbor rozhodl, že schůze se bude konat příští týden ve staré radnici a že je otevřená pro všechny."),
      ("sk", "Výbor rozhodol, že schôdza sa bude konať budúci týždeň v starej radnici a že je otvorená pre všetkých."),
      ("hu", "A bizottság úgy döntött, hogy az ülést a jövő héten a régi városházán tartják, és az nem nyilvános."),
      ("ro", "Comitetul a decis că ședința va avea loc săptămâna viitoare în vechea primărie și că este deschisă."),
      (
        "hr",
        "Odbor je odlučio da će se sastanak održati sljedeći tjedan u staroj vijećnici i da je otvoren za sve."
      ),
      ("sl", "Odbor je odločil, da bo sestanek naslednji teden v stari mestni hiši in da je odprt za vse, ki želijo."),
      ("et", "Komitee on otsustanud, et koosolek toimub järgmisel nädalal vanas raekojas ja see ei ole kinnine."),
      ("lv", "Komiteja ir nolēmusi, ka sanāksme notiks nākamnedēļ vecajā rātsnamā un ka tā nav slēgta."),
      ("lt", "Komitetas nusprendė, kad posėdis vyks kitą savaitę senojoje rotušėje ir kad jis yra atviras."),
      (
        "tr",
        "Komite, toplantının gelecek hafta eski belediye binasında yapılmasına ve bir karar alınmasına karar verdi."
      ),
      ("id", "Komite telah memutuskan bahwa rapat akan diadakan minggu depan di balai kota lama untuk semua orang."),
      ("vi", "Ủy ban đã quyết định rằng cuộc họp sẽ được tổ chức vào tuần tới tại tòa thị chính cũ của thành phố."),
      ("ru", "Комитет решил, что заседание состоится на следующей неделе в старой ратуше и что оно открыто для всех."),
      ("uk", "Комітет вирішив, що засідання відбудеться наступного тижня у старій ратуші і що воно відкрите для всіх."),
      ("bg", "Комитетът реши, че заседанието ще се проведе следващата седмица в старото кметство и че е открито."),
      ("el", "Η επιτροπή αποφάσισε ότι η συνεδρίαση θα γίνει την επόμενη εβδομάδα."),
      ("ar", "قررت اللجنة أن الاجتماع سيعقد في الأسبوع المقبل في مبنى البلدية القديم."),
      ("fa", "کمیته تصمیم گرفت که جلسه هفته آینده در شهرداری قدیمی برگزار شود."),
      ("he", "הוועדה החליטה כי הישיבה תתקיים בשבוע הבא בבניין העירייה הישן של העיר."),
      ("hi", "समिति ने निर्णय लिया है कि बैठक अगले सप्ताह पुराने टाउन हॉल में होगी।"),
      ("zh", "委员会决定下周在旧市政厅举行会议，欢迎所有人参加。"),
      ("ja", "委員会は来週、旧市庁舎で会議を開くことを決定しました。"),
      ("ko", "위원회는 다음 주에 옛 시청에서 회의를 열기로 결정했다."),
      ("th", "คณะกรรมการตัดสินใจว่าการประชุมจะจัดขึ้นในสัปดาห์หน้า"),
    ])
  func identified(language: String, text: String) {
    let scalars = Array(text.unicodeScalars)
    let words = TextWord.words(of: scalars).map(\.key)
    #expect(LanguageIdentifier.language(of: scalars, words: words) == language)
  }

  @Test(
    "numbers, names and codes have no language", arguments: ["12.345,00", "A", "", "QX-77 ZZ9 PLURAL", "Xkcd Qwerty"])
  func unknown(text: String) {
    let scalars = Array(text.unicodeScalars)
    #expect(LanguageIdentifier.language(of: scalars, words: TextWord.words(of: scalars).map(\.key)) == nil)
  }

  @Test("a document tells how much of it is in which language, most used first")
  func shares() throws {
    var document = EnrichedDocument()
    for _ in 0..<3 {
      document.add(.paragraph, "The house that they have built is on the hill and it was not cheap at all.")
    }
    document.add(.paragraph, "Das Haus, das sie gebaut haben, steht auf dem Hügel und war nicht billig.")
    document.add(.paragraph, "4711 0815")
    let languages = try document.enriched().languages
    #expect(languages.map(\.language) == ["en", "de"])
    #expect((0.7...0.8).contains(languages[0].share.value))
    #expect(abs(languages.reduce(0) { $0 + $1.share.value } - 1) < 0.001)
  }

  @Test("languages have each word and each telling letter once")
  func profiles() {
    #expect(Set(LanguageProfile.all.map(\.language)).count == LanguageProfile.all.count)
    for profile in LanguageProfile.all {
      #expect(profile.words.allSatisfy { $0 == $0.lowercased() })
      #expect(profile.words.count >= 15)
    }
  }
}
