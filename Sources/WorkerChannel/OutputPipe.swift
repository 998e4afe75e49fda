import CLinux
import Glibc

/// A pipe that a child writes and its parent reads.
struct OutputPipe {
  let reading: OwnedDescriptor
  let writing: OwnedDescriptor

  init() throws(ChannelFailure) {
    var ends: [Int32] = [-1, -1]
    try ChannelFailure.checking(clinux_pipe(&ends), "pipe2", during: "make a pipe")
    reading = OwnedDescriptor(adopting: ends[0])
    writing = OwnedDescriptor(adopting: ends[1])
  }
}
