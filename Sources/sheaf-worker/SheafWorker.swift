import WorkerRuntime

/// The program that runs the fifteen stages, opens and makes bundles, and draws.
@main
struct SheafWorker {
  static func main() {
    WorkerProgramMain.run(
      Catalog.stages, tools: ["pack": BundlePacking.run, "unpack": BundleUnpacking.run, "draw": DrawingTool.run])
  }
}
