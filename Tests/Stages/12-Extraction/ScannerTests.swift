import Contracts
import DocumentModel
import Testing

@testable import Extraction

@Suite("Scanners")
struct ScannerTests {
  @Test(
    "dates are read as they are printed",
    arguments: [
      ("2026-11-21", "2026-11-21"), ("21.11.2026", "2026-11-21"), ("7. Mai 2014", "2014-05-07"),
      ("29 maart 2014", "2014-03-29"), ("1st of March, 2014", "2014-03-01"), ("Jan 1, 2022", "2022-01-01"),
      ("August 3 , 2014", "2014-08-03"), ("18-Mar-2014", "2014-03-18"), ("25/12/99", "1999-12-25"),
      ("12/25/2019", "2019-12-25"), ("le 1er août 2020", "2020-08-01"), ("3 de mayo de 2021", "2021-05-03"),
      ("31. Dez. 2019", "2019-12-31"), ("10/ 4/ 99", "1999-04-10"), ("2024-02-29T10:00", "2024-02-29"),
      ("Check Out 31/12/2017", "2017-12-31"), ("Mar 31/12/2017", "2017-12-31"), ("5 May 12.", "2012-05-05"),
    ])
  func dates(text: String, iso: String) {
    #expect(DateScanner.dates(in: Scalars(text)).map { DateOrder().finding($0)?.value } == [iso])
  }

  @Test(
    "what is no date is none",
    arguments: [
      "31.02.2024", "30/02/2023", "192.168.1.10", "1.2.3", "00.123.456.7-2018-1", "May I ask", "12/2024", "1/2",
      "2023-02-30", "5 May 12.50", "May 5 12:30",
    ])
  func noDates(text: String) {
    #expect(DateScanner.dates(in: Scalars(text)).isEmpty)
  }

  @Test("the document's own dates tell which number is the day")
  func order() {
    func read(_ texts: [String]) -> DateOrder {
      var order = DateOrder()
      for text in texts { order.read(Scalars(text), tokens: TextToken.tokens(of: text)) }
      return order
    }
    #expect(!read(["due 25/03/2024", "of 03/04/2024"]).readsMonthFirst)
    #expect(read(["due 03/25/2024", "VAT €"]).readsMonthFirst)
    #expect(read(["$ 5.00", "Inc"]).readsMonthFirst)
    #expect(!read(["Rechnung vom 3.4.2024"]).readsMonthFirst)
    let open = DateScanner.dates(in: Scalars("03/04/2024"))[0]
    let sure = read(["25/03/2024"]).finding(open)?.confidence ?? 0
    let unsure = DateOrder().finding(open)?.confidence ?? 0
    #expect(sure > unsure)
    #expect(DateOrder(.monthFirst).finding(open)?.value == "2024-03-04")
  }

  @Test(
    "amounts are normalised and their currencies known",
    arguments: [
      ("1.163,40 €", "1163.40", "EUR"), ("$1,234.56", "1234.56", "USD"), ("EUR 1 234,50", "1234.50", "EUR"),
      ("RM82.80", "82.80", "MYR"), ("CHF 1'000.00", "1000.00", "CHF"), ("US$ 4.11", "4.11", "USD"),
      ("-100.00", "-100.00", nil), ("£5", "5", "GBP"), ("€ 102,-", "102", "EUR"), ("9,9000", "9.9000", nil),
      ("(12.50)", "-12.50", nil), ("12.50-", "-12.50", nil), ("-0,00", "0.00", nil), ("Rs 1939", "1939", "INR"),
      ("4500 Ft", "4500", "HUF"), ("12 ft", "12", nil), ("12 FT", "12", nil), ("Rs. 45", "45", "INR"),
      ("12.50 rs", "12.50", nil), ("try 5", "5", nil), ("TRY 5", "5", "TRY"), ("eur 5", "5", "EUR"),
      ("1.234.567,89", "1234567.89", nil), ("1,980.00 €", "1980.00", "EUR"), ("7. 80", "7.80", nil),
    ] as [(String, String, String?)])
  func amounts(text: String, value: String, currency: String?) {
    let found = AmountScanner.amounts(in: Scalars(text))
    #expect(found.map(\.decimal) == [value])
    #expect(found.first?.currency == currency)
  }

  @Test("numbers that are no amounts are none", arguments: ["19 %", "12:30:00", "21.05.2014", "U8/83", "A1"])
  func noAmounts(text: String) {
    #expect(AmountScanner.amounts(in: Scalars(text)).allSatisfy { $0.decimals == 0 && $0.currency == nil })
  }

  @Test("forints stand behind their amount")
  func forints() {
    #expect(AmountScanner.amounts(in: Scalars("Ft 12")).map(\.currency) == [nil])
  }

  @Test("a count and an amount beside it stay two numbers")
  func neighbours() {
    #expect(AmountScanner.amounts(in: Scalars("2 100.00")).map(\.decimal) == ["2", "100.00"])
    #expect(AmountScanner.amounts(in: Scalars("5 11.60")).map(\.decimal) == ["5", "11.60"])
  }

  @Test(
    "account numbers are believed if their check digits are right",
    arguments: [
      ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"), ("GB82WEST12345698765432", "GB82WEST12345698765432"),
      ("FR14 2004 1010 0505 0001 3M02 606.", "FR1420041010050500013M02606"), ("DE88 3704 0044 0532 0130 00", nil),
      ("DE89 3704 0044", nil), ("XX89370400440532013000", nil),
    ] as [(String, String?)])
  func accounts(text: String, value: String?) {
    #expect(IBAN.iban(Scalars(text), at: 0)?.value == value)
  }

  @Test(
    "tax numbers with right check digits are surer than others",
    arguments: [
      ("DE136695976", true), ("DE 136 695 976", true), ("DE123456789", false), ("ATU13585627", true),
      ("NL810433941B01", true), ("IT00743110157", true), ("BE0428759497", true), ("FR40303265045", true),
      ("PL8567346215", true), ("DK13585628", true), ("FI20774740", true), ("LU15027442", true), ("PT501964843", true),
    ])
  func taxNumbers(text: String, right: Bool) throws {
    let found = try #require(TaxNumber.number(Scalars(text), at: 0))
    #expect(found.value == text.filter { $0 != " " })
    #expect((found.confidence > 0.9) == right)
  }

  @Test("entities of running text are found in order, without overlap")
  func entities() {
    let text = """
      On 3 May 2024 write to a.b@example.org, call Tel. 030 1234567 or +49 (0)30 7654321, see www.example.org; \
      19 % of 5,00 € to IBAN DE89370400440532013000.
      """
    let found = EntityScanner(dates: DateOrder()).findings(in: Scalars(text))
    #expect(found.map(\.kind) == [.date, .email, .phone, .phone, .url, .percentage, .amount, .iban])
    #expect(
      found.map(\.value) == [
        "2024-05-03", "a.b@example.org", "0301234567", "+49307654321", "http://www.example.org", "19", "5.00",
        "DE89370400440532013000",
      ])
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
  }

  @Test(
    "texts made to mislead are read in linear time and without a trap",
    arguments: [
      "1.", "1,234,", "$-", "+1 (", "DE1", "a@", "12/", "((((", "9 ", "-1-", "31.12.", "Jan ", "\u{301}", "１２",
    ])
  func hostile(part: String) {
    let text = String(repeating: part, count: 20_000)
    let clock = ContinuousClock()
    let taken = clock.measure { _ = EntityScanner(dates: DateOrder()).findings(in: Scalars(text)) }
    #expect(taken < .seconds(20))
    _ = AmountScanner.amounts(in: Scalars(text))
  }
}
