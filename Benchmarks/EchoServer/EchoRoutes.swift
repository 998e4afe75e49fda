import EventLoop
import HTTPServer

/// The paths of the echo server.
struct EchoRoutes {
  let loop: EventLoop

  var router: Router {
    let audience = Audience()
    var router = Router()
    router.on(.get, "/") { request in
      if request.headers.contains("Upgrade") {
        // An echo must not lose what it is sent: its outbox holds Autobahn's largest messages.
        return .webSocket(limits: WebSocketLimits(outbox: OutboxLimits(frames: 1 << 16, bytes: 64 << 20)), Echo())
      }
      return .text("hello")
    }
    router.on(.post, "/echo") { request in
      .stream(type: "application/octet-stream", length: request.body.length) { writer in
        for try await piece in request.body { try await writer.write(piece) }
      }
    }
    router.on(.post, "/count") { request in
      var count = 0
      for try await piece in request.body { count += piece.count }
      return .text("\(count)\n")
    }
    router.on(.get, "/watch") { _ in .webSocket(audience) }
    router.on(.post, "/broadcast") { request in
      let message = WebSocketPayload.text(try await request.body.collect(upTo: 64 << 10))
      return .text("\(audience.tell(message))\n")
    }
    router.on(.get, "/lag") { [loop] _ in
      let lag = loop.metrics.lag.snapshot()
      return .json(
        Array(
          #"{"count":\#(lag.count),"mean":\#(lag.mean.inSeconds),"p99":\#(lag.quantile(0.99).inSeconds),"#.utf8)
          + Array(#""maximum":\#(lag.maximum.inSeconds)}"#.utf8))
    }
    return router
  }
}
