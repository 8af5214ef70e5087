using System.Globalization;
using Azure.Data.Tables;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Records;

/// <summary>One link of a case's audit chain. <see cref="Content"/> is stored as it was hashed, to the byte.</summary>
internal sealed record AuditRow(int Sequence, string Content, string Hash)
{
    public const string Prefix = "audit-";

    public AuditEntry Entry => RecordJson.Read<AuditEntry>(Content);

    public static AuditRow Read(TableEntity entity) => new(
        int.Parse(entity.RowKey.AsSpan(Prefix.Length), CultureInfo.InvariantCulture), entity.GetString("Content"), entity.GetString("Hash"));

    public TableEntity ToEntity(string partition) => new(partition, $"{Prefix}{Sequence:D10}")
    {
        ["Content"] = Content,
        ["Hash"] = Hash,
    };

    public ChainedRow Chained() => new(Sequence, Content, Hash);
}

/// <summary>What an audit row says.</summary>
/// <param name="At">When, by the real clock, UTC.</param>
/// <param name="Actor">Who: "subject", "system" or an operator's id.</param>
/// <param name="Command">The command it came from.</param>
/// <param name="Fact">What happened.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Actor, string Command, CaseFact Fact);
