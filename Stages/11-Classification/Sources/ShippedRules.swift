import StageKit
import Yams

/// The rule files, embedded in the program.
enum ShippedRules {
  /// By name, in the order in which ties are decided.
  static let files: [(name: String, bytes: [UInt8])] = [
    ("bank-statement", PackageResources.bank_statement_yaml), ("contract", PackageResources.contract_yaml),
    ("cv", PackageResources.cv_yaml), ("form", PackageResources.form_yaml),
    ("identity-document", PackageResources.identity_document_yaml), ("invoice", PackageResources.invoice_yaml),
    ("letter", PackageResources.letter_yaml), ("lookalikes", PackageResources.lookalikes_yaml),
    ("receipt", PackageResources.receipt_yaml), ("report", PackageResources.report_yaml),
    ("scientific-article", PackageResources.scientific_article_yaml), ("slides", PackageResources.slides_yaml),
    ("tax-form", PackageResources.tax_form_yaml),
  ]

  static var digests: [String: Digest] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.name, Digest(of: $0.bytes)) })
  }

  /// - Throws: `StageFailure` naming the file that cannot be read.
  static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    guard let file = files.first(where: { $0.name == name }) else {
      throw StageFailure(.internalError, "There is no rule file \"\(name)\".")
    }
    do {
      return try YAMLDecoder().decode(type, from: String(decoding: file.bytes, as: UTF8.self))
    } catch {
      throw StageFailure(.internalError, "The rule file \"\(name)\" cannot be read: \(error)")
    }
  }
}
