using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// One link of a case's audit chain. <see cref="Content"/> is stored as it was hashed, to the byte. It can be read whatever
/// was done to it in the table, so that the chain's verdict says so: a key that is no number of ours is read as 0.
/// </summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Content">What was written.</param>
/// <param name="Hash">Of the chain up to it.</param>
/// <param name="Shown">What it says, for somebody who looks: the entry, or its raw text if it was changed into something else.</param>
internal sealed record AuditRow(int Sequence, string Content, string Hash, object Shown)
{
    public const string Prefix = "audit-";

    /// <summary>What it says.</summary>
    /// <exception cref="JsonException">It was changed into something else.</exception>
    public AuditEntry Entry => Shown as AuditEntry ?? throw new JsonException("An audit row does not say what was written.");

    public static AuditRow Read(TableEntity entity, CaseJson json)
    {
        var content = entity["Content"] as string ?? "";
        return new(
            int.TryParse(entity.RowKey.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                ? sequence
                : 0,
            content, entity["Hash"] as string ?? "", Show(content, json));
    }

    /// <summary>The key of the row with that number.</summary>
    public static string KeyOf(int sequence) => $"{Prefix}{sequence:D10}";

    /// <summary>The row to write.</summary>
    public static TableEntity ToEntity(string partition, int sequence, string content, string hash) => new(partition, KeyOf(sequence))
    {
        ["Content"] = content,
        ["Hash"] = hash,
    };

    public ChainedRow Chained() => new(Sequence, Content, Hash);

    private static object Show(string content, CaseJson json)
    {
        try
        {
            return json.Read<AuditEntry>(content);
        }
        catch (Exception changed) when (changed is JsonException or NotSupportedException or FormatException)
        {
            return content;
        }
    }
}

/// <summary>What an audit row says.</summary>
/// <param name="At">When, by the real clock, UTC.</param>
/// <param name="Actor">Who: "subject", "system", "recipient" or an operator's id.</param>
/// <param name="Command">The command it came from.</param>
/// <param name="Fact">What happened.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Actor, string Command, CaseFact Fact);
