import WorkerChannel

/// Real child processes that speak the channel's protocol in an implementation of its own.
enum PythonWorker {
  static let environment = ["PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1", "SWIFT_BACKTRACE": "enable=no"]

  /// `receive()` gives (bytes, descriptor or None) or None at the end; `send(bytes, descriptor)`.
  private static let protocolText = """
    import os, signal, socket, struct, subprocess, sys, time
    channel = socket.socket(fileno=3)
    def exactly(count, descriptors):
        data = b""
        while len(data) < count:
            part, arrived, _, _ = socket.recv_fds(channel, min(count - len(data), 1 << 18), 1)
            descriptors += arrived
            if not part: return data
            data += part
        return data
    def receive():
        descriptors = []
        header = exactly(4, descriptors)
        if not header: return None
        data = exactly(struct.unpack(">I", header)[0], descriptors)
        return data, (descriptors[0] if descriptors else None)
    def send(data, descriptor=None):
        header = struct.pack(">I", len(data))
        if descriptor is None: channel.sendall(header)
        else: socket.send_fds(channel, [header], [descriptor])
        channel.sendall(data)
    """

  static func command(_ script: String) -> WorkerCommand {
    // -I -S: no site packages, no variables of the user; it starts faster too.
    WorkerCommand(
      executable: "/usr/bin/python3", arguments: ["-I", "-S", "-c", protocolText + "\n" + script],
      environment: environment)
  }

  static func spawn(_ script: String) async throws -> SpawnedProcess {
    try await WorkerSpawner.shared.spawn(command(script))
  }

  static func connect(
    _ script: String, limits: WorkerQueueLimits = WorkerQueueLimits(),
    onLogLine: (@Sendable ([UInt8]) -> Void)? = nil
  ) async throws -> WorkerConnection {
    try WorkerConnection(try await spawn(script), limits: limits, onLogLine: onLogLine)
  }

  static func shell(_ script: String, capturesOutput: Bool = false) -> WorkerCommand {
    WorkerCommand(
      executable: "/bin/sh", arguments: ["-c", script], environment: environment, capturesOutput: capturesOutput)
  }
}

extension String {
  init(_ frame: Frame?) { self.init(decoding: frame?.bytes ?? [], as: UTF8.self) }
}

extension [UInt8] {
  init(_ text: String) { self.init(text.utf8) }
}
