import CanonicalJSON
import Checkpoints
import StageKit

extension JobDescription {
  private static let failureSchema = JSONShape.object(
    ["code": JSONShape.string, "message": JSONShape.string, "retryable": JSONShape.boolean],
    optional: ["page": JSONShape.integer, "hint": JSONShape.string])

  private static let summaryMembers: KeyValuePairs<String, JSONValue> = [
    "id": JSONShape.jobID, "name": JSONShape.string, "status": JSONShape.choice(JobState.allCases.map(\.rawValue)),
    "created": JSONShape.time, "source": JSONShape.digest, "bytes": JSONShape.integer,
    "priority": JSONShape.integer,
    "formats": JSONShape.array(of: JSONShape.choice(ExportFormat.allCases.map(\.rawValue))),
    "seq": JSONShape.integer, "links": JSONShape.map(of: JSONShape.string),
  ]

  private static let summaryOptionals: KeyValuePairs<String, JSONValue> = [
    "pages": JSONShape.integer, "started": JSONShape.time, "finished": JSONShape.time, "failure": failureSchema,
    "owner": JSONShape.string,
  ]

  static let summarySchema = JSONShape.object(summaryMembers, optional: summaryOptionals)

  private static let unitMembers: JSONValue = [
    "stage": JSONShape.choice(StageID.allCases.map(\.rawValue)), "page": JSONShape.integer, "format": JSONShape.string,
  ]

  static let fullSchema: JSONValue = [
    "allOf": [
      JSONShape.named("JobSummary"),
      JSONShape.object(
        [
          "stages": JSONShape.array(
            of: JSONShape.object([
              "stage": JSONShape.choice(StageID.allCases.map(\.rawValue)), "planned": JSONShape.integer,
              "done": JSONShape.integer, "running": JSONShape.integer, "missing": JSONShape.integer,
              "reused": JSONShape.integer, "attempts": JSONShape.integer, "cpu_seconds": JSONShape.number,
              "seconds": JSONShape.number,
            ])),
          "errors": JSONShape.array(
            of: JSONShape.object(
              ["stage": JSONShape.string, "status": JSONShape.string, "attempts": JSONShape.integer],
              optional: [
                "page": JSONShape.integer, "format": JSONShape.string, "code": JSONShape.string,
                "failure": failureSchema,
              ])),
          "error_count": JSONShape.integer,
          "running": JSONShape.array(
            of: JSONShape.object(
              ["stage": JSONShape.string, "progress": JSONShape.number],
              optional: ["page": JSONShape.integer, "format": JSONShape.string])),
        ],
        optional: [
          "queue_position": JSONShape.integer, "progress": ["type": "number", "minimum": 0, "maximum": 1],
          "pages_done": JSONShape.integer, "pages_per_minute": JSONShape.number, "seconds_left": JSONShape.number,
          "webhook": WebhookReport.schema,
        ]),
    ]
  ]
}
