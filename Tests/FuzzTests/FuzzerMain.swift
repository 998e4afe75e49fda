import Foundation

// The two functions that libFuzzer calls. Its own options are on the command line, so ours are in the environment:
// SHEAF_TEST_PARSER names the parser; with SHEAF_TEST_SAMPLES its samples are written into that folder, and nothing is run.

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<Int32>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let folder = ProcessInfo.processInfo.environment["SHEAF_TEST_SAMPLES"] else { return 0 }
  do {
    for (number, sample) in try parser.samples.enumerated() {
      // The first byte says how short its pieces are: one byte.
      try Data([0] + sample).write(to: URL(fileURLWithPath: folder).appendingPathComponent("sample-\(number)"))
    }
  } catch { fatalError("the samples cannot be written: \(error)") }
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  // The fuzzer keeps what ends the process.
  do { try parser.check(Array(UnsafeBufferPointer(start: bytes, count: count))) } catch { fatalError("\(error)") }
  return 0
}

private let parser: FuzzedParser = {
  let name = ProcessInfo.processInfo.environment["SHEAF_TEST_PARSER"] ?? ""
  guard let parser = FuzzedParser(rawValue: name) else {
    let names = FuzzedParser.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("SHEAF_TEST_PARSER must be one of \(names)")
  }
  return parser
}()
