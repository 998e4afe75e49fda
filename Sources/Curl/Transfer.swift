import CCurl

/// Talks to other people's servers through libcurl, one request at a time, on the caller's thread.
///
/// No proxy, no cookies, no stored credentials, no environment: what is sent is what the request says.
package enum Transfer {
  /// Performs a request and waits for its end, so it belongs on a `BlockingPool`.
  ///
  /// - Parameters:
  ///   - rule: asked of every address before it is connected to.
  ///   - sink: is given the body as it comes, with the status; what it throws ends the transfer and is thrown on.
  /// - Throws: `TransferFailure`, or what `sink` throws.
  package static func perform(
    _ request: TransferRequest, rule: @escaping AddressRule,
    cancellation: TransferCancellation = TransferCancellation(),
    sink: (_ status: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void
  ) throws -> TransferAnswer {
    guard isReady, let handle = curl_easy_init() else {
      throw TransferFailure.internalError(detail: "libcurl did not start")
    }
    defer { curl_easy_cleanup(handle) }
    return try withoutActuallyEscaping(sink) { sink in
      let state = TransferState(
        handle: handle, limit: request.limits.body, rule: rule, cancellation: cancellation, sink: sink)
      // The callbacks use it while `curl_easy_perform` runs, no longer.
      return try withExtendedLifetime(state) { try perform(request, handle, state) }
    }
  }

  /// `curl_global_init` once; thread-safe since 7.84.
  private static let isReady = ccurl_init() == CURLE_OK

  private static func perform(
    _ request: TransferRequest, _ handle: UnsafeMutableRawPointer, _ state: TransferState
  ) throws -> TransferAnswer {
    var fields: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(fields) }
    // The empty one keeps libcurl from waiting for "100 Continue" before it sends a body.
    for text in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
      guard let longer = curl_slist_append(fields, text) else {
        throw TransferFailure.internalError(detail: "no memory")
      }
      fields = longer
    }
    var body: [UInt8] = []
    if case .post(let bytes) = request.method { body = bytes }
    // libcurl reads the body from where it lies.
    return try body.withUnsafeMutableBytes { body in
      var options = TransferOptions(handle)
      options.set(request)
      options.set(CURLOPT_HTTPHEADER, pointer: fields)
      if case .post = request.method {
        options.set(CURLOPT_POST, 1)
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
        // Never nil, for nil would mean that the body is to be asked for.
        options.set(CURLOPT_POSTFIELDS, pointer: body.baseAddress ?? UnsafeMutableRawPointer(handle))
      }
      options.setCallbacks(to: state)
      if let failure = options.failure { throw TransferFailure(failure) }
      return try answer(curl_easy_perform(handle), request, state)
    }
  }

  private static func answer(
    _ code: CURLcode, _ request: TransferRequest, _ state: TransferState
  ) throws -> TransferAnswer {
    if let failure = state.failure { throw failure }
    if state.isHeadTooLong { throw TransferFailure.malformed }
    if state.isBodyTooLong, !request.cutsBody { throw TransferFailure.tooLarge }
    guard code == CURLE_OK || state.isBodyTooLong else {
      if state.refusedAddress, code == CURLE_COULDNT_CONNECT { throw TransferFailure.addressRefused }
      throw TransferFailure(code)
    }
    return TransferAnswer(status: state.status, headers: state.headers)
  }
}
