using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Records;

/// <summary>The state row of a case: what it is now, how long its chain is, and the chain's head.</summary>
internal sealed record CaseRow(Case Case, int Sequence, string Head, ETag ETag)
{
    public const string RowKey = "state";

    public static CaseRow New(Case received) => new(received, 0, AuditChain.Root, default);

    public static CaseRow Read(TableEntity entity, CaseJson json) => new(
        json.ReadState(entity.GetString("Kind"), entity.GetString("State")),
        entity.GetInt32("Sequence")!.Value, entity.GetString("Head"), entity.ETag);

    /// <summary>Whether a failure to read a case says that its row holds something else, and not that the storage is away.</summary>
    public static bool IsUnreadable(Exception failure) => failure
        is JsonException or NotSupportedException or FormatException or ArgumentException or InvalidOperationException or InvalidCastException;

    /// <summary>The row to write. Status, kind, place, ground, whether somebody else asked, and dates stand beside the state for people: those who look into the table,
    /// and whoever asks for a copy of their data.</summary>
    public TableEntity ToEntity(CaseJson json) => new(Case.Id.Value, RowKey)
    {
        ["State"] = json.Write<object>(Case),
        ["Sequence"] = Sequence,
        ["Head"] = Head,
        ["Kind"] = Case.Kind.ToString(),
        ["Status"] = Case.Standing,
        ["Place"] = Case.Place is { } place ? Countries.Find(place)?.Name ?? place : null,
        ["Ground"] = Case.Ground,
        ["ReceivedAt"] = Case.ReceivedAt,
        ["ReceivedOn"] = Case.CameOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["Channel"] = Case.CameBy,
        ["AskedByAgent"] = Case.IsByAgent ? "yes" : null,
        ["DueOn"] = Case.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
