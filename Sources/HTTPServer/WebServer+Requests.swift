import EventLoop

extension WebServer {
  /// Begins to answer a request.
  func begin(_ head: RequestHead, _ connection: Connection) throws(HTTPFailure) {
    metrics.requests.add()
    let framing = try MessageFraming(head)
    let target = try RequestTarget(head.target)
    try AccessCheck(configuration).check(head, target)

    let match = router.match(head.method, target)
    var route: Route?
    var parameters: [String: String] = [:]
    if case .route(let found, let values) = match { (route, parameters) = (found, values) }
    let bodyLimit = route?.bodyLimit ?? limits.body
    if case .length(let length) = framing.body, length > bodyLimit { throw .bodyTooLarge }

    connection.lastExchange &+= 1
    let exchange = Exchange(
      number: connection.lastExchange, head: head, framing: framing, route: route, now: now, bodyLimit: bodyLimit)
    if framing.body != .none {
      exchange.channel = BodyChannel(loop: loop, token: connection.token, limit: limits.bufferedBody)
    }
    connection.exchange = exchange
    connection.phase = .exchange
    connection.deadline = .never

    var request = Request(
      head: head, target: target, body: requestBody(exchange), peer: connection.peer,
      clientAddress: AccessCheck(configuration).clientAddress(of: head, peer: connection.peer),
      connection: connection.token)
    request.parameters = parameters
    request.route = route?.template
    exchange.task = start(request, match, exchange.number)
  }

  private func requestBody(_ exchange: Exchange) -> RequestBody {
    switch exchange.framing.body {
    case .none: .none
    case .length(let length): RequestBody(channel: exchange.channel, length: length)
    case .chunked: RequestBody(channel: exchange.channel, length: nil)
    }
  }

  private func start(_ request: Request, _ match: Router.Match, _ number: UInt32) -> Task<Void, Never> {
    Task(executorPreference: loop) { [self] in await serve(request, match, number) }
  }

  /// A request's task: the handler's answer, and what is to be streamed after it.
  private nonisolated func serve(_ request: Request, _ match: Router.Match, _ number: UInt32) async {
    loop.describeActivity(request.method.rawValue, request.route ?? "no route")
    let response = await response(to: request, match)
    let token = request.connection
    guard let produce = await respond(response, token, number) else { return }
    do {
      try await produce(ResponseWriter(server: self, token: token, exchange: number))
      await finishStream(token, number, isComplete: true)
    } catch {
      if !(error is ConnectionLost), !(error is CancellationError) {
        configuration.observer?.handlerFailed(error, request)
      }
      await finishStream(token, number, isComplete: false)
    }
  }

  private nonisolated func response(to request: Request, _ match: Router.Match) async -> Response {
    do {
      return try await router.answer(request, match)
    } catch let failure as HTTPFailure {
      return configuration.renderFailure(failure)
    } catch {
      if !(error is ConnectionLost), !(error is CancellationError) {
        configuration.observer?.handlerFailed(error, request)
      }
      return configuration.renderFailure(.unexpected)
    }
  }

  /// Answers what is no proper request, and closes.
  func refuse(_ connection: Connection, _ failure: HTTPFailure) {
    connection.exchange = nil
    connection.phase = .lingering
    connection.closesAfterFlush = true
    connection.deadline = .never
    let response = configuration.renderFailure(failure)
    scratch.removeAll(keepingCapacity: true)
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    writeHead(response, length: Int64(body.count), keepsAlive: false, version: .http11)
    scratch.append(contentsOf: body)
    connection.output.append(scratch)
    flush(connection)
  }

  /// Tells a client that waits for it to send its body, once the handler has asked for it.
  func sendContinueIfWanted(_ connection: Connection, _ exchange: Exchange) {
    guard exchange.owesContinue, exchange.progress == .waiting || exchange.progress == .streaming,
      exchange.channel?.isWanted == true
    else { return }
    exchange.owesContinue = false
    // Once the answer has begun there is no room for an interim one; the client sends anyway, or gives up.
    if exchange.progress == .waiting {
      connection.output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
  }
}
