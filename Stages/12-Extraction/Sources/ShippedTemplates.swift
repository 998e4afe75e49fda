import Contracts
import StageKit
import Yams

/// The template files, embedded in the program.
enum ShippedTemplates {
  static let files: [(name: String, bytes: [UInt8])] = [
    ("bank-statement", PackageResources.bank_statement_yaml), ("invoice", PackageResources.invoice_yaml),
    ("line-items", PackageResources.line_items_yaml), ("receipt", PackageResources.receipt_yaml),
    ("tax-form", PackageResources.tax_form_yaml),
  ]

  static var digests: [String: Digest] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.name, Digest(of: $0.bytes)) })
  }

  /// The template of a type, or nil where none is shipped.
  static func template(for type: DocumentClass) throws -> Template? {
    files.contains { $0.name == type.rawValue } ? try decode(Template.self, type.rawValue) : nil
  }

  /// - Throws: `StageFailure` naming the file that cannot be read.
  static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    guard let file = files.first(where: { $0.name == name }) else {
      throw StageFailure(.internalError, "There is no template file \"\(name)\".")
    }
    do {
      return try YAMLDecoder().decode(type, from: String(decoding: file.bytes, as: UTF8.self))
    } catch {
      throw StageFailure(.internalError, "The template file \"\(name)\" cannot be read: \(error)")
    }
  }
}
