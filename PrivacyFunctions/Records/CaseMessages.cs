using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// What a person and our privacy team wrote to each other about a case: sealed, beside what the person said when they asked, and gone with it.
/// </summary>
internal sealed class CaseMessages(RecordStorage storage, IDataProtectionProvider protection)
{
    /// <summary>The column of what is known of a message's files.</summary>
    public const string Files = "Files";

    private const string Words = "Words";
    private const string At = "At";
    private const string FromPerson = "wrote-person-";
    private const string FromUs = "wrote-us-";
    private const string First = "wrote-";
    private const string End = "wrote."; // '.' follows '-'

    private IDataProtector Seal => Statements.SealOf(protection);

    /// <summary>Keeps a message; nothing changes if an earlier attempt kept it.</summary>
    /// <param name="id">The case.</param>
    /// <param name="name">A name that is made of the words.</param>
    /// <param name="isFromPerson">Whether the person wrote it.</param>
    /// <param name="words">What they wrote.</param>
    /// <param name="files">What came with it, if anything did.</param>
    /// <param name="at">When, legal time, UTC.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    public async Task KeepAsync(
        CaseId id, string name, bool isFromPerson, string words, IReadOnlyList<MessageFile> files, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new TableEntity(id.Value, KeyOf(name, isFromPerson)) { [Words] = Seal.SealText(words), [At] = at };
        if (files.Count > 0) row[Files] = Seal.SealText(RecordJson.Write(files));
        try
        {
            await (await storage.TableAsync(Statements.Table)).AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // The same words, by an earlier attempt.
        }
    }

    /// <summary>Takes back what does not belong to the case after all.</summary>
    public async Task ForgetAsync(CaseId id, string name, bool isFromPerson, CancellationToken cancellation) =>
        await (await storage.TableAsync(Statements.Table)).DeleteEntityAsync(id.Value, KeyOf(name, isFromPerson), ETag.All, cancellation);

    /// <summary>All that was written, in the order of time; a person can send so many and no more.</summary>
    public async Task<IReadOnlyList<CaseMessage>> OfAsync(CaseId id, CancellationToken cancellation)
    {
        var written = new List<CaseMessage>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {First} and RowKey lt {End}");
        await foreach (var row in (await storage.TableAsync(Statements.Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            written.Add(new(
                row.RowKey[(row.RowKey.LastIndexOf('-') + 1)..], row.RowKey.StartsWith(FromPerson, StringComparison.Ordinal),
                row.GetDateTimeOffset(At)!.Value, Seal.OpenText(row.GetBinary(Words)),
                row.GetBinary(Files) is { } files ? ReadFiles(Seal.OpenText(files)) : []));
        return [.. written.OrderBy(message => message.At)];
    }

    /// <summary>What is known of a message's files, as it was kept.</summary>
    public static IReadOnlyList<MessageFile> ReadFiles(string kept) => RecordJson.Read<MessageFile[]>(kept);

    private static string KeyOf(string name, bool isFromPerson) => (isFromPerson ? FromPerson : FromUs) + name;
}

/// <summary>A message about a case.</summary>
/// <param name="Name">Its name, by which the audit chain names it.</param>
/// <param name="IsFromPerson">Whether the person wrote it, or else our privacy team.</param>
/// <param name="At">When, legal time, UTC.</param>
/// <param name="Words">What was written.</param>
/// <param name="Files">What came with it, in its order.</param>
internal sealed record CaseMessage(string Name, bool IsFromPerson, DateTimeOffset At, string Words, IReadOnlyList<MessageFile> Files);
