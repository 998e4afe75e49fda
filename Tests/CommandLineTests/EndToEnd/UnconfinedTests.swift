import Checkpoints
import Testing

extension EndToEnd {
  /// A process may take on sixteen Landlock domains; one more is refused, as on a kernel without.
  @Suite("A machine that cannot confine workers", .enabled(if: Programs.python != nil, "needs a Python"))
  struct UnconfinedTests {
    private static let launcher = """
      import ctypes, os, sys
      libc = ctypes.CDLL(None, use_errno=True)
      libc.prctl(38, 1, 0, 0, 0)
      handled = ctypes.c_uint64(1 << 11)  # the making of block devices
      for _ in range(16):
          ruleset = libc.syscall(444, ctypes.byref(handled), ctypes.c_size_t(8), 0)
          if ruleset >= 0:
              libc.syscall(446, ruleset, 0)
              os.close(ruleset)
      os.execv(sys.argv[1], sys.argv[1:])
      """

    private func run(_ arguments: [String], in place: SheafPlace) async throws -> ProgramEnd {
      let python = try #require(Programs.python)
      return try await ProgramRun(
        executable: python,
        arguments: ["-c", Self.launcher, Programs.sheaf] + arguments + ["--data", place.data.path],
        folder: place.path
      ).end()
    }

    @Test("is told by doctor and warned of, and still works")
    func preferred() async throws {
      let place = try SheafPlace()
      let doctor = try await run(["doctor"], in: place)
      #expect(doctor.exit == 0)
      #expect(doctor.output.contains("no Landlock") && doctor.output.contains("seccomp"), "\(doctor.output)")
      let end = try await run(
        ["run", Programs.fixture("hello"), "--out", place.out, "--progress", "none"], in: place)
      #expect(end.exit == 0, "\(end.errors)")
      #expect(end.errors.contains("not fully confined"), "\(end.errors)")
      #expect(place.results().count == 1)
    }

    @Test("does nothing where a sandbox is required, and says why")
    func required() async throws {
      let place = try SheafPlace()
      let end = try await run(
        ["run", Programs.fixture("hello"), "--out", place.out, "--progress", "none", "--require-sandbox"], in: place)
      #expect(end.exit == 1)
      #expect(end.errors.contains("[sandbox_unavailable]") && end.errors.contains("Landlock"), "\(end.errors)")
      #expect(place.results().isEmpty)
      let server = try await run(["serve", "--listen", "127.0.0.1:0", "--require-sandbox"], in: place)
      #expect(server.exit != 0)
      #expect(server.errors.contains("sandbox_unavailable"), "\(server.errors)")
    }
  }
}
