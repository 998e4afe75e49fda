/// What kind of document it is.
package enum DocumentClass: String, Codable, Sendable, Hashable, CaseIterable {
  case invoice
  case receipt
  case bankStatement = "bank-statement"
  case contract
  case taxForm = "tax-form"
  case identityDocument = "identity-document"
  case curriculumVitae = "cv"
  case letter
  case scientificArticle = "scientific-article"
  case report
  case slides
  case form
  case other
}
