import CCurl

/// Sets up libcurl for one transfer; the first option that fails is kept.
struct TransferOptions {
  private let handle: UnsafeMutableRawPointer
  private(set) var failure: CURLcode?

  init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

  mutating func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(handle, option, value)) }

  mutating func set(_ option: CURLoption, size: Int) { note(ccurl_set_size(handle, option, Int64(size))) }

  mutating func set(_ option: CURLoption, _ text: String) { note(ccurl_set_string(handle, option, text)) }

  mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
    note(ccurl_set_pointer(handle, option, pointer))
  }

  mutating func set(_ request: TransferRequest) {
    // Signals would hit whatever thread they like.
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_URL, request.address.text)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    // Empty, not unset: else the environment's proxy would be connected to, and the rule asked about that.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOPROXY, "*")
    set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    set(CURLOPT_USERAGENT, "sheaf")
    set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.limits.connect))
    set(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.limits.total))
    set(CURLOPT_LOW_SPEED_LIMIT, TransferLimits.stallBytes)
    set(CURLOPT_LOW_SPEED_TIME, max(1, Self.milliseconds(request.limits.stall) / 1000))
    // Told by the head already, a body that is too large need not begin.
    if !request.cutsBody { set(CURLOPT_MAXFILESIZE_LARGE, size: request.limits.body) }
  }

  mutating func setCallbacks(to state: TransferState) {
    let context = Unmanaged.passUnretained(state).toOpaque()
    set(CURLOPT_OPENSOCKETDATA, pointer: context)
    note(
      ccurl_set_open_socket(handle) { context, _, address in
        guard let state = TransferState.of(context), let address else { return TransferState.noSocket }
        return state.open(address)
      })
    set(CURLOPT_HEADERDATA, pointer: context)
    note(
      ccurl_set_data(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return TransferState.of(context)?.take(line: line) == true ? line.count : Self.stop(line)
      })
    set(CURLOPT_WRITEDATA, pointer: context)
    note(
      ccurl_set_data(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return TransferState.of(context)?.take(body: body) == true ? body.count : Self.stop(body)
      })
    set(CURLOPT_NOPROGRESS, 0)
    set(CURLOPT_XFERINFODATA, pointer: context)
    note(
      ccurl_set_progress(handle) { context, _, _, _, _ in
        TransferState.of(context)?.isCancelled == true ? 1 : 0
      })
  }

  private mutating func note(_ code: CURLcode) {
    if code != CURLE_OK, failure == nil { failure = code }
  }

  /// A count that libcurl takes for a failure, whatever the bytes.
  private static func stop(_ bytes: UnsafeRawBufferPointer) -> Int { bytes.isEmpty ? 1 : 0 }

  /// At least 1: libcurl takes 0 for its own default or for ever.
  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    // A day is for ever, to a transfer.
    guard !overflow, whole < 86_400_000 else { return 86_400_000 }
    return max(1, Int(whole + attoseconds / 1_000_000_000_000_000))
  }
}
