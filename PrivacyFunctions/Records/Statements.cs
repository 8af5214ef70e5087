using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Records;

/// <summary>
/// What people wrote in their own words, and how we explained our decisions to them: apart from the cases, sealed with the Data Protection
/// key ring, and nowhere else. They lie with the case that answers them, also those of a case that joined it, and go with it. Of a request that is answered
/// by post it is where the answer goes, until it is posted.
/// </summary>
internal sealed class Statements(RecordStorage storage, IDataProtectionProvider protection, MessageFiles files) : ISealedRecords
{
    /// <summary>The table.</summary>
    public const string Table = "privacyStatements";

    private const string Words = "Words";
    private const string About = "About";
    private const string At = "At";
    private const string Said = "said-";
    private const string EndOfSaid = "said."; // '.' follows '-'
    private const string Explained = "explained-";

    /// <inheritdoc/>
    public string TableName => Table;

    private IDataProtector Seal => SealOf(protection);

    /// <summary>What opens and closes the words in the table.</summary>
    public static IDataProtector SealOf(IDataProtectionProvider protection) => protection.CreateProtector("PrivacyFunctions.Statements", "v1");

    /// <summary>Keeps what somebody wrote; nothing changes if an earlier attempt kept it.</summary>
    /// <param name="answeredBy">The case that answers it.</param>
    /// <param name="from">The case with which it came: the same, or one that joined it.</param>
    /// <param name="said">What they wrote.</param>
    /// <param name="at">When it came, legal time, UTC.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    /// <returns>Whether it was not there before.</returns>
    public async Task<bool> KeepAsync(CaseId answeredBy, CaseId from, Statement said, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new TableEntity(answeredBy.Value, Said + from.Value) { [Words] = Seal.SealText(said.Words), [At] = at };
        if (said.About is { } about) row[About] = Seal.SealText(about.Value);
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false; // the reference of a case is made of the words: they are the same
        }
    }

    /// <summary>Takes back what was kept with a case that does not answer it after all.</summary>
    public async Task ForgetAsync(CaseId answeredBy, CaseId from, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(answeredBy.Value, Said + from.Value, ETag.All, cancellation);

    /// <summary>All that a case has to answer, in the order in which it came.</summary>
    public async Task<IReadOnlyList<KeptStatement>> OfAsync(CaseId id, CancellationToken cancellation)
    {
        var kept = new List<KeptStatement>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {Said} and RowKey lt {EndOfSaid}");
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            kept.Add(new(
                CaseId.Parse(row.RowKey[Said.Length..]), row.GetDateTimeOffset(At)!.Value,
                new(Seal.OpenText(row.GetBinary(Words)), row.GetBinary(About) is { } about ? CaseId.Parse(Seal.OpenText(about)) : null)));
        return [.. kept.OrderBy(statement => statement.At)];
    }

    /// <summary>Keeps the explanation of a decision before it is taken.</summary>
    /// <returns>Its name, which the decision names: of two that come at a time, one decision stands.</returns>
    public async Task<string> ExplainAsync(CaseId id, string words, DateTimeOffset at, CancellationToken cancellation)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await (await storage.TableAsync(Table)).AddEntityAsync(
            new TableEntity(id.Value, Explained + name) { [Words] = Seal.SealText(words), [At] = at }, cancellation);
        return name;
    }

    /// <summary>The explanation of that name.</summary>
    /// <exception cref="RequestFailedException">There is none.</exception>
    public async Task<string> ExplanationAsync(CaseId id, string name, CancellationToken cancellation)
    {
        var row = await (await storage.TableAsync(Table)).GetEntityAsync<TableEntity>(id.Value, Explained + name, cancellationToken: cancellation);
        return Seal.OpenText(row.Value.GetBinary(Words));
    }

    /// <summary>Deletes the explanation of a decision that does not stand.</summary>
    public async Task ForgetExplanationAsync(CaseId id, string name, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, Explained + name, ETag.All, cancellation);

    /// <summary>Deletes what a crash left of decisions that do not stand.</summary>
    /// <param name="id">The case.</param>
    /// <param name="standing">The name of the explanation that stays.</param>
    /// <param name="cancellation">Stops between two.</param>
    public Task ForgetOtherExplanationsAsync(CaseId id, string standing, CancellationToken cancellation) => DeleteAsync(
        id, key => key.StartsWith(Explained, StringComparison.Ordinal) && key != Explained + standing, cancellation);

    /// <summary>Deletes all that lies with a case that was never stored.</summary>
    public Task ForgetAsync(CaseId id, CancellationToken cancellation) => DeleteAsync(id, _ => true, cancellation);

    /// <summary>Opens what is sealed in a row of the table, for the person whose words it holds.</summary>
    public void Open(TableEntity row)
    {
        foreach (var column in (string[])[Words, About])
            if (row.TryGetValue(column, out var value) && value is byte[] secret) row[column] = Seal.OpenText(secret);
        if (row.TryGetValue(CaseMessages.Files, out var files) && files is byte[] list)
            row[CaseMessages.Files] = string.Join("; ", CaseMessages.ReadFiles(Seal.OpenText(list)).Select(file => file.Words));
    }

    /// <summary>The files that came with a message of the person.</summary>
    public IEnumerable<PersonalFile> FilesOf(TableEntity row) => row.GetBinary(CaseMessages.Files) is { } kept && CaseMessages.NameOf(row) is { } message
        ? files.Of(CaseId.Parse(row.PartitionKey), message, CaseMessages.ReadFiles(Seal.OpenText(kept)))
        : [];

    private async Task DeleteAsync(CaseId id, Func<string, bool> isOver, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            if (isOver(row.RowKey)) await table.DeleteEntityAsync(id.Value, row.RowKey, ETag.All, cancellation);
    }
}
