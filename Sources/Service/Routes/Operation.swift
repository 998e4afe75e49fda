import CanonicalJSON
import HTTPServer

/// What `/openapi.json` tells of one route: described beside its handler, so that both change together.
package struct Operation: Sendable {
  /// Unique, camel case: `listJobs`.
  package let id: String
  /// One sentence.
  package let summary: String
  package let tag: String
  package let parameters: [Parameter]
  package let body: Body?
  package let answers: [Answer]
  /// Beside those that every route may answer.
  package let problems: [ProblemCode]

  package init(
    _ id: String, _ summary: String, tag: String, parameters: [Parameter] = [], body: Body? = nil, answers: [Answer],
    problems: [ProblemCode] = []
  ) {
    self.id = id
    self.summary = summary
    self.tag = tag
    self.parameters = parameters
    self.body = body
    self.answers = answers
    self.problems = problems
  }

  /// What may stand in the query or the head; the path's are known from the template.
  package struct Parameter: Sendable {
    package enum Place: String, Sendable { case query, header, path }

    package let name: String
    package let place: Place
    package let schema: JSONValue
    package let help: String
    package let isRequired: Bool

    package static func query(_ name: String, _ schema: JSONValue, _ help: String) -> Parameter {
      Parameter(name: name, place: .query, schema: schema, help: help, isRequired: false)
    }

    package static func needed(_ name: String, _ schema: JSONValue, _ help: String) -> Parameter {
      Parameter(name: name, place: .query, schema: schema, help: help, isRequired: true)
    }

    package static func header(_ name: String, _ schema: JSONValue, _ help: String, required: Bool = false) -> Parameter
    {
      Parameter(name: name, place: .header, schema: schema, help: help, isRequired: required)
    }
  }

  /// A request's body: schemas by media type.
  package struct Body: Sendable {
    package let content: [(type: String, schema: JSONValue)]
    package let isRequired: Bool

    package init(_ content: [(type: String, schema: JSONValue)], required: Bool = true) {
      self.content = content
      isRequired = required
    }
  }

  /// An answer that is no problem.
  package struct Answer: Sendable {
    package let status: HTTPStatus
    package let help: String
    /// Schemas by media type; empty where there is no body.
    package let content: [(type: String, schema: JSONValue)]

    package init(_ status: HTTPStatus, _ help: String, _ content: [(type: String, schema: JSONValue)] = []) {
      self.status = status
      self.help = help
      self.content = content
    }

    package static func json(_ status: HTTPStatus, _ help: String, _ schema: JSONValue) -> Answer {
      Answer(status, help, [("application/json", schema)])
    }
  }
}

extension Operation.Parameter {
  /// Of lists.
  package static let limit = query(
    "limit", JSONShape.integer(1...Request.longestPage), "How many at most; \(Request.usualPage) if nothing is said.")
  package static let cursor = query("cursor", JSONShape.string, "Where to go on: what the list before told as next.")
}
