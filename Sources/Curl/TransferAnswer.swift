/// The head of an answer; its body went to the sink.
package struct TransferAnswer: Sendable {
  package let status: Int
  private let headers: [(name: String, value: String)]

  init(status: Int, headers: [(name: String, value: String)]) {
    self.status = status
    self.headers = headers
  }

  /// The first value of a field, whatever the case of its name, without blanks around it.
  package func header(_ name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name == name }?.value
  }
}
