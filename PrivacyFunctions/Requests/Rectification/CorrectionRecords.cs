using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Rectification.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// What stood there before a correction and what was to stand there, apart from the case: the evidence of each, sealed with the key ring.
/// Rows lie under the reference of the case and are deleted with it.
/// </summary>
internal sealed class CorrectionRecords(RecordStorage storage, IDataProtectionProvider protection, TimeProvider time)
    : ISealedRecords, IForgottenWithErasure
{
    private const string Table = "privacyCorrections";

    /// <inheritdoc/>
    public string TableName => Table;

    private IDataProtector Seal => protection.CreateProtector("PrivacyFunctions.Rectification", "v1");

    /// <summary>Keeps what a person sent, under a key of its own: what is sent at the same moment lies beside it.</summary>
    public async Task<IReadOnlyList<SentCorrection>> KeepAsync(
        CaseId id, string submission, IReadOnlyList<CorrectionEntry> entries, CancellationToken cancellation)
    {
        var sent = new List<SentCorrection>();
        var actions = new List<TableTransactionAction>();
        foreach (var entry in entries)
        {
            var salt = SealedTexts.NewSalt();
            sent.Add(new(entry.Number, entry.DataSet, entry.Field, SealedTexts.Commit(salt, entry.Before, entry.After)));
            actions.Add(new(TableTransactionActionType.UpsertReplace, new TableEntity(id.Value, KeyOf(submission, entry.Number))
            {
                ["Title"] = entry.Title, ["DataSet"] = entry.DataSet, ["Field"] = entry.Field, ["StaysIn"] = entry.StaysIn, ["At"] = time.GetUtcNow(),
                ["Before"] = Seal.SealText(entry.Before), ["After"] = Seal.SealText(entry.After), ["Salt"] = Seal.SealText(salt),
            }));
        }

        var table = await storage.TableAsync(Table);
        foreach (var some in actions.Chunk(100)) await table.SubmitTransactionAsync(some, cancellation);
        return sent;
    }

    /// <summary>What counts of what was sent, in the order of its numbers.</summary>
    public async Task<IReadOnlyList<CorrectionEntry>> ReadAsync(CaseId id, string submission, CancellationToken cancellation) =>
        await RowsAsync(id, cancellation).Where(row => IsOf(row, submission)).Select(Read).ToListAsync(cancellation);

    /// <summary>Takes back what was sent under that key.</summary>
    public Task ForgetAsync(CaseId id, string submission, CancellationToken cancellation) =>
        DeleteAsync(id, row => IsOf(row, submission), cancellation);

    /// <summary>Forgets all words of a case, with the salts: what stays of them in its chain nobody can open any more.</summary>
    public Task ForgetAsync(CaseId id, CancellationToken cancellation) => DeleteAsync(id, _ => true, cancellation);

    /// <summary>Forgets what was sent and does not count, because something else was sent first, or nothing in time.</summary>
    public Task ForgetOthersAsync(CaseId id, string submission, CancellationToken cancellation) =>
        DeleteAsync(id, row => submission.Length == 0 || !IsOf(row, submission), cancellation);

    /// <inheritdoc/>
    public void Open(TableEntity row) =>
        (row["Before"], row["After"]) = (Seal.OpenText(row.GetBinary("Before")), Seal.OpenText(row.GetBinary("After")));

    private static bool IsOf(TableEntity row, string submission) => row.RowKey.StartsWith($"{submission}-", StringComparison.Ordinal);

    private static string KeyOf(string submission, int number) => string.Create(CultureInfo.InvariantCulture, $"{submission}-{number:D4}");

    private async Task DeleteAsync(CaseId id, Func<TableEntity, bool> isOver, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        await foreach (var row in RowsAsync(id, cancellation))
            if (isOver(row))
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
    }

    private async IAsyncEnumerable<TableEntity> RowsAsync(
        CaseId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}");
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return row;
    }

    private CorrectionEntry Read(TableEntity row)
    {
        Open(row);
        return new(
            int.Parse(row.RowKey[^4..], CultureInfo.InvariantCulture), row.GetString("DataSet"), row.GetString("Field"), row.GetString("Title"),
            row.GetString("Before"), row.GetString("After"))
        {
            StaysIn = row.GetString("StaysIn") ?? "", // an earlier version did not keep it
        };
    }
}

/// <summary>A correction with its words. They are personal data, so its text withholds them.</summary>
/// <param name="Number">Its number in the case, from 1.</param>
/// <param name="DataSet">Where; null for what the person said in their own words.</param>
/// <param name="Field">Which field of it.</param>
/// <param name="Title">What it is, for its person.</param>
/// <param name="Before">What stood there.</param>
/// <param name="After">What is to stand there, or what the person said.</param>
internal sealed record CorrectionEntry(int Number, string? DataSet, string? Field, string Title, string Before, string After)
{
    /// <summary>Of what is taken out: the ids of the data sets in which it stays, with a blank between two, because it is not optional there.</summary>
    public string StaysIn { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => "(correction)";
}
