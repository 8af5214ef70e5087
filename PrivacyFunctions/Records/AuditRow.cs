using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// One link of a case's audit chain. <see cref="Content"/> is stored as it was hashed, to the byte. It can be read whatever
/// was done to it in the table, so that the chain's verdict says so: a key that is no number of ours is read as 0.
/// </summary>
internal sealed record AuditRow(int Sequence, string Content, string Hash)
{
    public const string Prefix = "audit-";

    /// <summary>What it says, as it was written.</summary>
    public AuditEntry Entry => RecordJson.Read<AuditEntry>(Content);

    /// <summary>What it says, for somebody who looks: the entry, or its raw text if it was changed into something else.</summary>
    public object Shown
    {
        get
        {
            try
            {
                return Entry;
            }
            catch (Exception changed) when (changed is JsonException or NotSupportedException or FormatException)
            {
                return Content;
            }
        }
    }

    public static AuditRow Read(TableEntity entity) => new(
        int.TryParse(entity.RowKey.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : 0,
        entity["Content"] as string ?? "", entity["Hash"] as string ?? "");

    /// <summary>The key of the row with that number.</summary>
    public static string KeyOf(int sequence) => $"{Prefix}{sequence:D10}";

    public TableEntity ToEntity(string partition) => new(partition, KeyOf(Sequence))
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
