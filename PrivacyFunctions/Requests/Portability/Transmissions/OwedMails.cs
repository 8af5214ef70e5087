using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// The cases of which a mail about a transmission may be owed. Written before the case says so, and checked against it by whoever reads it, so that
/// no crash between the two loses a mail.
/// </summary>
internal sealed class OwedMails(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyOwedMails";
    private const string Partition = "owed";
    private const string WrittenAt = "WrittenAt";

    // What was under way when the entry was written is committed, or never will be.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Enters a case.</summary>
    public async Task AddAsync(CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpsertEntityAsync(
            new TableEntity(Partition, id.Value) { [WrittenAt] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>All of them.</summary>
    public async IAsyncEnumerable<OwedMail> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
            yield return new(CaseId.Parse(row.RowKey), row.GetDateTimeOffset(WrittenAt)!.Value, row.ETag);
    }

    /// <summary>Takes one out whose mails went, unless more may be owed by what is still under way.</summary>
    public async Task SettleAsync(OwedMail owed, CancellationToken cancellation)
    {
        if (owed.WrittenAt > time.GetUtcNow() - Settled) return;
        try
        {
            await (await storage.TableAsync(Table)).DeleteEntityAsync(Partition, owed.Case.Value, owed.ETag, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // It was entered once more since it was read.
        }
    }
}

/// <summary>An entry of the list.</summary>
/// <param name="Case">The case.</param>
/// <param name="WrittenAt">When it was entered last, UTC.</param>
/// <param name="ETag">Its version.</param>
internal sealed record OwedMail(CaseId Case, DateTimeOffset WrittenAt, ETag ETag);
