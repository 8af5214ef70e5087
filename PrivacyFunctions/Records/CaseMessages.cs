using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// What a person and our privacy team wrote to each other about a case, and what operators noted about it: sealed, beside what the person said when
/// they asked, and gone with it.
/// </summary>
internal sealed class CaseMessages(RecordStorage storage, IDataProtectionProvider protection)
{
    /// <summary>The column of what is known of a message's files.</summary>
    public const string Files = "Files";

    private const string Words = "Words";
    private const string At = "At";
    private const string FromPerson = "wrote-person-";
    private const string FromUs = "wrote-us-";
    private const string Noted = "noted-";

    private IDataProtector Seal => Statements.SealOf(protection);

    /// <summary>Keeps a message; nothing changes if an earlier attempt kept it.</summary>
    /// <param name="id">The case.</param>
    /// <param name="name">A name that is made of the words.</param>
    /// <param name="from">Who wrote it to whom.</param>
    /// <param name="words">What they wrote.</param>
    /// <param name="files">What came with it, if anything did.</param>
    /// <param name="at">When, legal time, UTC.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    public async Task KeepAsync(
        CaseId id, string name, MessageFrom from, string words, IReadOnlyList<MessageFile> files, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new TableEntity(id.Value, PrefixOf(from) + name) { [Words] = Seal.SealText(words), [At] = at };
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
    public async Task ForgetAsync(CaseId id, string name, MessageFrom from, CancellationToken cancellation) =>
        await (await storage.TableAsync(Statements.Table)).DeleteEntityAsync(id.Value, PrefixOf(from) + name, ETag.All, cancellation);

    /// <summary>All that the person and we wrote to each other, in the order of time; a person can send so many and no more.</summary>
    public async Task<IReadOnlyList<CaseMessage>> OfAsync(CaseId id, CancellationToken cancellation) =>
        await ReadAsync(id, MessageFrom.Person, cancellation).Concat(ReadAsync(id, MessageFrom.Us, cancellation))
            .OrderBy(message => message.At).ToListAsync(cancellation);

    /// <summary>All that operators noted, by its name; a case takes so much and no more.</summary>
    public async Task<IReadOnlyDictionary<string, CaseMessage>> CommentsAsync(CaseId id, CancellationToken cancellation) =>
        await ReadAsync(id, MessageFrom.Operators, cancellation).ToDictionaryAsync(message => message.Name, cancellationToken: cancellation);

    /// <summary>What is known of a message's files, as it was kept.</summary>
    public static IReadOnlyList<MessageFile> ReadFiles(string kept) => RecordJson.Read<MessageFile[]>(kept);

    /// <summary>The name of the person's message that a row holds; null if it holds something else.</summary>
    public static string? NameOf(TableEntity row) =>
        row.RowKey.StartsWith(FromPerson, StringComparison.Ordinal) ? row.RowKey[FromPerson.Length..] : null;

    private async IAsyncEnumerable<CaseMessage> ReadAsync(CaseId id, MessageFrom from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = PrefixOf(from);
        var end = $"{first[..^1]}."; // '.' follows '-'
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {first} and RowKey lt {end}");
        await foreach (var row in (await storage.TableAsync(Statements.Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new(
                row.RowKey[first.Length..], from, row.GetDateTimeOffset(At)!.Value, Seal.OpenText(row.GetBinary(Words)),
                row.GetBinary(Files) is { } files ? ReadFiles(Seal.OpenText(files)) : []);
    }

    private static string PrefixOf(MessageFrom from) => from switch
    {
        MessageFrom.Person => FromPerson,
        MessageFrom.Us => FromUs,
        _ => Noted,
    };
}

/// <summary>Who wrote a message to whom.</summary>
internal enum MessageFrom
{
    /// <summary>The person, to us.</summary>
    Person,

    /// <summary>Our privacy team, to the person.</summary>
    Us,

    /// <summary>An operator, to whoever sees to the case after them.</summary>
    Operators,
}

/// <summary>A message about a case.</summary>
/// <param name="Name">Its name, by which the audit chain names it.</param>
/// <param name="From">Who wrote it to whom.</param>
/// <param name="At">When, legal time, UTC.</param>
/// <param name="Words">What was written.</param>
/// <param name="Files">What came with it, in its order.</param>
internal sealed record CaseMessage(string Name, MessageFrom From, DateTimeOffset At, string Words, IReadOnlyList<MessageFile> Files)
{
    /// <summary>Whether the person wrote it.</summary>
    public bool IsFromPerson => From == MessageFrom.Person;
}
