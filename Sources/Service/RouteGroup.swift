import HTTPServer
import ServiceLifecycle

/// A part of the interface: its routes, what stands before all routes, and what runs beside them.
///
/// Made before the server listens; the engine is not there yet, so routes ask `ServiceContext.engine` when they are called.
package protocol RouteGroup: Sendable {
  func register(in routes: inout RouteTable)

  /// What stands before every route of every group, in the order of the groups.
  var middleware: [Middleware] { get }

  /// What runs as long as the server does, e.g. to send or to clean up; told to end by a graceful shutdown.
  var services: [any Service] { get }
}

extension RouteGroup {
  package var middleware: [Middleware] { [] }
  package var services: [any Service] { [] }
}
