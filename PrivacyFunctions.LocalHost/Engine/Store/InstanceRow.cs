using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>A row of Instances as queries show it. Instants are UTC ticks.</summary>
internal sealed record InstanceRow(
    string Id,
    string ExecutionId,
    string Name,
    string? Version,
    OrchestrationStatus Status,
    long Created,
    long Updated,
    long? Completed,
    string? Input,
    string? Output,
    string? CustomStatus,
    byte[] Start)
{
    public const string Columns =
        "id, executionId, name, version, shown, created, updated, completed, input, output, customStatus, start";

    public static InstanceRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        Text(row, 3),
        (OrchestrationStatus)row.GetInt64(4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        Text(row, 8),
        Text(row, 9),
        Text(row, 10),
        row.GetFieldValue<byte[]>(11));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
