import CanonicalJSON
import StageKit
import Testing

@testable import sheaf_worker

@Suite("The catalogue")
struct CatalogTests {
  @Test("has the fifteen stages in their order, and export once for each format")
  func order() throws {
    let descriptors = try Catalog.stages().map(\.descriptor)
    #expect(descriptors.map(\.stage) == descriptors.map(\.stage).sorted())
    #expect(Set(descriptors.map(\.stage)) == Set(StageID.allCases))
    #expect(descriptors.compactMap(\.format) == ExportFormat.allCases)
    #expect(descriptors.count == StageID.allCases.count - 1 + ExportFormat.allCases.count)
  }

  @Test("tells of every option the default that its stage begins with")
  func options() throws {
    for stage in try Catalog.stages() {
      let told = Dictionary(uniqueKeysWithValues: stage.descriptor.options.map { ($0.name, $0.default) })
      #expect(.object(told) == stage.defaults, "\(stage.descriptor.stage)")
      for option in stage.descriptor.options {
        let value = try option.checked(option.default, stage: stage.descriptor.stage)
        #expect(value == option.default)
      }
    }
  }

  @Test("needs of every stage only what stands before it")
  func needs() throws {
    for descriptor in try Catalog.stages().map(\.descriptor) {
      for need in descriptor.needs {
        if let upstream = need.stage { #expect(upstream < descriptor.stage, "\(descriptor.stage) needs \(upstream)") }
      }
    }
  }
}
