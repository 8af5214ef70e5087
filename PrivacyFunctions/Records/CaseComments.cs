using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// What operators note about a case for each other: sealed, beside what its person said, and gone with it. The case's audit chain says which of
/// it counts.
/// </summary>
internal sealed class CaseComments(RecordStorage storage, IDataProtectionProvider protection)
{
    private const string Words = "Words";
    private const string At = "At";
    private const string Noted = "noted-";
    private const string End = "noted."; // '.' follows '-'

    private IDataProtector Seal => Statements.SealOf(protection);

    /// <summary>Keeps a comment; nothing changes if an earlier attempt kept it.</summary>
    /// <param name="id">The case.</param>
    /// <param name="name">A name that is made of the words.</param>
    /// <param name="words">What is noted.</param>
    /// <param name="at">When, legal time, UTC.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    public async Task KeepAsync(CaseId id, string name, string words, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            await (await storage.TableAsync(Statements.Table)).AddEntityAsync(
                new TableEntity(id.Value, Noted + name) { [Words] = Seal.SealText(words), [At] = at }, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // The same words, by an earlier attempt.
        }
    }

    /// <summary>Takes back what the case does not take.</summary>
    public async Task ForgetAsync(CaseId id, string name, CancellationToken cancellation) =>
        await (await storage.TableAsync(Statements.Table)).DeleteEntityAsync(id.Value, Noted + name, ETag.All, cancellation);

    /// <summary>All that was kept, by its name; a case takes so many and no more.</summary>
    public async Task<IReadOnlyDictionary<string, CaseComment>> OfAsync(CaseId id, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, CaseComment>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {Noted} and RowKey lt {End}");
        await foreach (var row in (await storage.TableAsync(Statements.Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            kept[row.RowKey[Noted.Length..]] = new(row.GetDateTimeOffset(At)!.Value, Seal.OpenText(row.GetBinary(Words)));
        return kept;
    }
}

/// <summary>What an operator noted about a case.</summary>
/// <param name="At">When, legal time, UTC.</param>
/// <param name="Words">The words.</param>
internal sealed record CaseComment(DateTimeOffset At, string Words);
