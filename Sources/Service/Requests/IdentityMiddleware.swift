import HTTPServer
import Logging

/// Stands before everything: names the request, makes a problem of every error, and names the answer.
struct IdentityMiddleware: Sendable {
  let logger: Logger

  func answer(_ request: Request, _ next: @escaping Handler) async throws -> Response {
    let identity = RequestIdentity(request.headers)
    return try await RequestIdentity.$current.withValue(identity) {
      var response: Response
      do {
        response = try await next(request)
      } catch {
        // The client is gone: nobody is left to be told.
        if error is ConnectionLost || error is CancellationError { throw error }
        let problem = Problem(of: error) ?? unexpected(error, request, identity)
        response = problem.response(requestID: identity.id)
      }
      response.headers["X-Request-ID"] = identity.id
      return response
    }
  }

  /// Failures that the server finds before any handler runs.
  static func render(_ failure: HTTPFailure) -> Response {
    let identity = RequestIdentity.current ?? RequestIdentity()
    var response = Problem(failure).response(requestID: identity.id)
    response.headers["X-Request-ID"] = identity.id
    return response
  }

  private func unexpected(_ error: any Error, _ request: Request, _ identity: RequestIdentity) -> Problem {
    logger.error(
      "a request failed",
      metadata: [
        "request_id": "\(identity.id)", "trace": "\(identity.trace)", "method": "\(request.method)",
        "route": "\(request.route ?? "none")", "error": "\(error)",
      ])
    return .unexpected
  }
}
