import Engine
import HTTPServer
import ServiceLifecycle

/// Access control before every route, and the routes that belong to it.
package struct AccessGroup: RouteGroup {
  let context: ServiceContext
  let control: AccessControl

  package init(context: ServiceContext) {
    self.context = context
    control = AccessControl(context.keys, AccessConfiguration(context.configuration.current))
  }

  package func register(in routes: inout RouteTable) {
    SessionRoutes(access: control).register(in: &routes)
    KeyRoutes(ring: context.keys).register(in: &routes)
    UsageRoutes(context: context).register(in: &routes)
  }

  package var middleware: [Middleware] { [{ [control] in try await control.admit($0, $1) }] }

  package var services: [any Service] { [AccountsService(context: context)] }
}
