using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Newsletters;

/// <summary>A message as it was kept: what became of it, and what its id was used for.</summary>
internal sealed record SentMessage(MailOutcome Outcome, string Content, ETag ETag);

/// <summary>A message that is to be kept.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Kind">What kind of message it is.</param>
/// <param name="Content">A value derived from what it says and to whom.</param>
/// <param name="Caller">The id of the system that sends it.</param>
internal sealed record NewMessage(string Name, MessageKind Kind, string Content, string Caller);

/// <summary>
/// Which messages of the company's systems went out, by a value that is derived from their ids (a system may make an id of an
/// address). No address, no words: a second message under the same id is told apart by a value derived from its content.
/// </summary>
internal sealed class SentMessages(RecordStorage storage, People people, LegalTime legal)
{
    private const string Table = "privacyMessages";
    private const string RowKey = "message";
    private const string Outcome = "Outcome";
    private const string Content = "Content";

    /// <summary>The name of the message, in the table and in its Message-ID.</summary>
    public string NameOf(string id) => WebEncoders.Base64UrlEncode(people.Derive("message", id));

    /// <summary>What the message says and to whom, as nobody can read it.</summary>
    public string Fingerprint(string content) => WebEncoders.Base64UrlEncode(people.Derive("message content", content));

    /// <summary>What was kept under that name, or null.</summary>
    public async Task<SentMessage?> FindAsync(string name, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(name, RowKey, cancellationToken: cancellation);
        return found.HasValue
            ? new(Enum.Parse<MailOutcome>(found.Value!.GetString(Outcome)), found.Value.GetString(Content), found.Value.ETag)
            : null;
    }

    /// <summary>Keeps a message; null if one is kept under that name already.</summary>
    public async Task<SentMessage?> TryAddAsync(
        NewMessage message, MailOutcome outcome, CancellationToken cancellation)
    {
        var row = new TableEntity(message.Name, RowKey)
        {
            ["Kind"] = message.Kind.ToString(),
            [Outcome] = outcome.ToString(),
            [Content] = message.Content,
            ["Caller"] = message.Caller,
            ["At"] = await legal.NowAsync(cancellation),
        };
        try
        {
            var added = await (await storage.TableAsync(Table)).AddEntityAsync(row, cancellation);
            return new(outcome, message.Content, added.Headers.ETag!.Value);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Notes what became of a message.</summary>
    public async Task SettleAsync(string name, MailOutcome outcome, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpdateEntityAsync(
            new TableEntity(name, RowKey) { [Outcome] = outcome.ToString() }, ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>The mail certainly did not go: the same id may be tried again.</summary>
    public async Task ReleaseAsync(string name, SentMessage claim, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(name, RowKey, claim.ETag, cancellation);
}
