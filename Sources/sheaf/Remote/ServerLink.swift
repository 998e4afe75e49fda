import CanonicalJSON
import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import Service
import StageKit

/// The way to a server: by its address, or through the socket in the data folder that it has.
final class ServerLink: Sendable {
  let http: HTTPClient
  private let loop: EventLoop
  private let key: String?
  /// Holds the way to the socket open.
  private let local: LocalSocket?
  /// Where its jobs are, for what people are told to do.
  let place: JobPlace

  /// The variable that a key is taken from: on a command line everybody could read it.
  static let keyVariable = "SHEAF_API_KEY"

  /// - Parameter url: `http://host:port`.
  /// - Throws: `StageFailure` with `invalid_request`, or `input_output` where the name has no address.
  init(
    url text: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws {
    loop = try EventLoop.start()
    key = environment[Self.keyVariable].flatMap { $0.isEmpty ? nil : $0 }
    local = nil
    place = .server(url: text, hasKey: key != nil)
    http = HTTPClient(try await Self.address(text), host: Self.authority(text), loop: loop)
  }

  /// The server that has a data folder.
  ///
  /// - Returns: nil where no server has it.
  init?(_ folder: DataFolder, repeated: String) async throws {
    guard FileIdentity(following: folder.path)?.isFolder == true else { return nil }
    let socket = try LocalSocket(folder)
    guard socket.exists else { return nil }
    let loop = try EventLoop.start()
    do {
      try await AsyncSocket.connect(to: socket.address, on: loop, within: .seconds(10)).close()
    } catch {
      // A dead server's socket: the lock says that nobody has the folder.
      loop.stop()
      return nil
    }
    self.loop = loop
    key = nil
    local = socket
    place = .folder(repeated: repeated)
    http = HTTPClient(socket.address, loop: loop)
  }

  deinit { loop.stop() }

  private static func address(_ text: String) async throws -> SocketAddress {
    guard let url = URL(string: text), url.scheme == "http", let host = url.host(), !host.isEmpty,
      ["", "/"].contains(url.path())
    else {
      throw StageFailure.usage(
        "\"\(text)\" is no server's address.", hint: "Write it as http://127.0.0.1:8080; TLS is a proxy's work.")
    }
    let port = UInt16(clamping: url.port ?? 80)
    let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    if let address = IPAddress(name) { return .ip(address, port: port) }
    // Waits for the network, on a thread that nobody else needs.
    let pool = BlockingPool(threads: 1)
    guard let address = try? await pool.run({ try HostResolution.addresses(of: name, port: port) }).first else {
      throw StageFailure(.inputOutput, "The server \(name) could not be found.", hint: "Check the address.")
    }
    return address
  }

  private static func authority(_ text: String) -> String? {
    guard let url = URL(string: text), let host = url.host() else { return nil }
    return url.port.map { "\(host):\($0)" } ?? host
  }

  private var headers: HeaderFields {
    var headers = HeaderFields()
    if let key { headers["Authorization"] = "Bearer \(key)" }
    return headers
  }

  // MARK: Questions

  /// Sends a request. One that the server puts off is sent again when it says, for as long as patience lasts.
  ///
  /// - Parameters:
  ///   - source: the request's body where it is more than a few bytes; sent from its beginning each time.
  ///   - onWait: is told of every refusal that is waited for.
  /// - Throws: `StageFailure`, `ServerRefusal` for what the server refuses, `CancellationError`.
  func send(
    _ request: ClientRequest, from source: UploadSource? = nil, patience: ServerPatience = .question,
    onWait: (@Sendable (ServerRefusal) async -> Void)? = nil
  ) async throws -> ClientResponse {
    var waited = 0.0
    while true {
      var attempt = request
      if let source { attempt.body = source.body() }
      do {
        return try await sendOnce(attempt)
      } catch let refusal as ServerRefusal {
        guard let wait = patience.wait(after: refusal, waited: waited) else { throw refusal }
        await onWait?(refusal)
        try await Task.sleep(for: .seconds(wait))
        waited += wait
      }
    }
  }

  private func sendOnce(_ request: ClientRequest) async throws -> ClientResponse {
    try Task.checkCancellation()
    var request = request
    if let key { request.headers["Authorization"] = "Bearer \(key)" }
    let response: ClientResponse
    do {
      response = try await http.send(request)
    } catch let failure as LoopFailure {
      throw Self.unreachable(failure)
    } catch is ClientFailure {
      throw StageFailure(.inputOutput, "The server did not answer properly.", hint: "Try again.", retryable: true)
    }
    guard response.status.rawValue >= 400 else { return response }
    throw await Self.failure(response)
  }

  /// The answer's JSON.
  func ask(_ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil) async throws -> JSONValue {
    var request = ClientRequest(method, target)
    if let body {
      request.headers["Content-Type"] = "application/json"
      request.body = .bytes(try body.canonicalBytes)
    }
    return try await json(of: request)
  }

  /// The same for any request; null where the answer has no body.
  func json(of request: ClientRequest, from source: UploadSource? = nil) async throws -> JSONValue {
    let bytes = try await send(request, from: source).body.collect(upTo: Self.mostJSON)
    return bytes.isEmpty ? .null : try CanonicalDecoder().decode(JSONValue.self, from: bytes)
  }

  private static let mostJSON = 64 << 20  // bytes: a job of a hundred thousand units

  /// Has a job keep so many replaced versions of each checkpoint.
  func keep(_ count: Int, versionsOf job: JobID) async throws {
    _ = try await ask(.patch, "/api/v1/jobs/\(job)", ["keep": .integer(Int64(count))])
  }

  /// - Throws: `ServerRefusal` where the server answers but opens no WebSocket.
  func progress() async throws -> ClientWebSocket {
    do {
      return try await http.webSocket("/api/v1/progress", headers: headers, subprotocols: ["sheaf.progress.v1"])
    } catch let refusal as UpgradeRefusal {
      throw await Self.failure(refusal.response)
    }
  }

  private static func unreachable(_ failure: LoopFailure) -> StageFailure {
    StageFailure(
      .inputOutput, "The server cannot be reached: \(failure.step).", hint: "See that it runs.", retryable: true)
  }

  /// What the server says is wrong, in the words of commands.
  private static func failure(_ response: ClientResponse) async -> any Error {
    // An answer that cannot be read is told by its status.
    let bytes = (try? await response.body.collect(upTo: 1 << 20)) ?? []
    let problem = (try? CanonicalDecoder().decode(JSONValue.self, from: bytes)) ?? .null
    let detail = problem["detail"]?.string ?? "The server answered \(response.status.rawValue)."
    let code = problem["code"]?.string ?? ""
    let faults = (problem["errors"]?.array ?? []).compactMap(\.string)
    let wait = response.headers["Retry-After"].flatMap { Double($0) }
    let failure = StageFailure(
      ErrorCode(rawValue: code) ?? .invalidRequest, detail, page: problem["page"]?.int, hint: problem["hint"]?.string,
      // A proxy that names a time and says no more means that.
      retryable: problem["retryable"]?.bool ?? (wait != nil))
    return ServerRefusal(code: code, failure: failure, faults: faults, status: response.status.rawValue, wait: wait)
  }
}
