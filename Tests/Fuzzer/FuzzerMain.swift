import Foundation

// The two functions that libFuzzer calls. Its own options are on the command line, so ours are in the environment:
// SHEAF_TEST_PARSER names the parser; with SHEAF_TEST_SAMPLES its samples are written into that folder, and nothing is run.

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<Int32>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let folder = ProcessInfo.processInfo.environment["SHEAF_TEST_SAMPLES"] else { return 0 }
  for (number, sample) in parser.samples.enumerated() {
    let file = URL(fileURLWithPath: folder).appendingPathComponent("sample-\(number)")
    // The first byte says where it is cut.
    do { try Data([0] + sample).write(to: file) } catch { fatalError("\(file.path) cannot be written: \(error)") }
  }
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  parser.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
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
