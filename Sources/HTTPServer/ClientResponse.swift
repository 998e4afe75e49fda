/// An answer, whose body is read as it comes.
package struct ClientResponse: Sendable {
  package let status: HTTPStatus
  package let headers: HeaderFields
  package let body: ClientResponseBody
}
