/// The formats of stage 15, by their names on the command line.
package enum ExportFormat: String, Codable, Sendable, Hashable, CaseIterable {
  case markdown = "md"
  case html
  case json
  case text = "txt"
  case csv
  case chunks
  case hocr
  case pdf
  case fields
}
