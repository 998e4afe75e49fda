/// Who is told of a descriptor's events.
struct Registration {
  let token: EventToken
  let handler: any ReadinessHandler
}
