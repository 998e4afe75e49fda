import WorkerRuntime

/// The program that runs the fifteen stages, and opens and makes bundles.
@main
struct SheafWorker {
  static func main() {
    WorkerProgramMain.run(Catalog.stages, tools: ["pack": BundlePacking.run, "unpack": BundleUnpacking.run])
  }
}
