import Contracts
import StageKit
import Testing

@testable import Classification

@Suite("Rule files")
struct RuleFileTests {
  @Test("every shipped file is read, and every type but other has one")
  func shipped() throws {
    let book = try RuleBook.shipped()
    #expect(Set(book.classes.map(\.type)) == Set(DocumentClass.allCases).subtracting([.other]))
    #expect(book.classes.count == DocumentClass.allCases.count - 1)
  }

  @Test("names of rules are unique in their file, and each rule has words or a fact")
  func rules() throws {
    for file in try RuleBook.shipped().classes {
      #expect(Set(file.rules.map(\.name)).count == file.rules.count, "\(file.type)")
      for rule in file.rules {
        #expect((rule.fact == nil) == !(rule.words ?? []).isEmpty, "\(file.type) \(rule.name)")
        #expect(rule.fact == nil || rule.least != nil || rule.most != nil, "\(file.type) \(rule.name)")
      }
      for name in file.required ?? [] { #expect(file.rules.contains { $0.name == name }) }
    }
  }

  @Test("no phrase is empty once folded")
  func phrases() throws {
    let book = try RuleBook.shipped()
    for phrase in book.classes.flatMap({ $0.rules.flatMap { $0.words ?? [] } + ($0.subtypes ?? []).flatMap(\.words) }) {
      #expect(!phrase.allSatisfy { !$0.isLetter && !$0.isNumber }, "\(phrase)")
    }
  }

  @Test("the files enter the stage's keys")
  func ingredients() throws {
    let digests = try ClassificationStage.ingredients().rules
    #expect(digests.count == DocumentClass.allCases.count)
    #expect(Set(digests.values).count == digests.count)
  }
}
