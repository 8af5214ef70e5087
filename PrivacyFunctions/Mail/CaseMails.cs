using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Mail;

/// <summary>
/// The legal notices of a case, and what the company is told of a night's backup: each is sent at least once and, but for a
/// crash between the provider's acceptance and our record of it, only once; every attempt carries the same Message-ID. The
/// log holds no address.
/// </summary>
internal sealed class CaseMails(
    RecordStorage storage, Contacts contacts, LetterWriter letters, IMailer mailer, IOptions<SiteOptions> site, TimeProvider time)
{
    private const string Table = "privacyMails";

    /// <summary>Sends the letter to the person of the case, unless it is recorded as sent.</summary>
    /// <param name="id">The case.</param>
    /// <param name="step">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public Task SendOnceAsync(CaseId id, string step, PersonDraft letter, CancellationToken cancellation) => OnceAsync(
        id.Value, step, contacts.FindAsync(id, cancellation),
        found => SendAsync(Contacts.Expect(id, found), id, step, letter, cancellation), cancellation);

    /// <summary>Sends a letter to somebody of the company, unless it is recorded as sent.</summary>
    /// <param name="to">Whom.</param>
    /// <param name="about">The case's id, or another that names no person.</param>
    /// <param name="step">Which letter about it: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public Task SendOnceToAsync(EmailAddress to, string about, string step, OfficerDraft letter, CancellationToken cancellation) => OnceAsync(
        about, step, Task.FromResult(to), _ => mailer.SendAsync(to, Notice(letter), MessageId(about, step), cancellation), cancellation);

    /// <summary>The same, where a refusal for good is an answer: the address takes no mail.</summary>
    /// <returns>False when the provider refuses this mail and would refuse it again.</returns>
    public async Task<bool> TrySendOnceAsync(CaseId id, string step, PersonDraft letter, CancellationToken cancellation)
    {
        try
        {
            await SendOnceAsync(id, step, letter, cancellation);
            return true;
        }
        catch (MailNotAcceptedException refusal) when (refusal.IsForGood)
        {
            return false;
        }
    }

    /// <summary>Sends a letter to whoever asked in the name of the case's person, unless it is recorded as sent, or their address takes no mail.</summary>
    /// <param name="to">Whom.</param>
    /// <param name="id">The case.</param>
    /// <param name="step">Which letter of the case: the idempotency key.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public Task TrySendOnceToAsync(EmailAddress to, CaseId id, string step, AgentDraft letter, CancellationToken cancellation) =>
        TryOnceToAsync(to, id, step, letter, cancellation); // the person is asked all the same

    /// <summary>Sends a letter to a recipient of data, unless it is recorded as sent.</summary>
    /// <inheritdoc cref="TrySendOnceToAsync(EmailAddress, CaseId, string, AgentDraft, CancellationToken)"/>
    /// <returns>False when the provider refuses this mail and would refuse it again.</returns>
    public Task<bool> TrySendOnceToAsync(EmailAddress to, CaseId id, string step, RecipientDraft letter, CancellationToken cancellation) =>
        TryOnceToAsync(to, id, step, letter, cancellation);

    /// <summary>When the letter was recorded as sent, by the real clock; null when it was not.</summary>
    public async Task<DateTimeOffset?> SentAtAsync(CaseId id, string step, CancellationToken cancellation)
    {
        var log = await storage.TableAsync(Table);
        var sent = await log.GetEntityIfExistsAsync<TableEntity>(id.Value, step, cancellationToken: cancellation);
        return sent.HasValue ? sent.Value!.GetDateTimeOffset("SentAt") : null;
    }

    /// <summary>Sends a letter that is worthless later, such as a code: without a record, each call a mail.</summary>
    public async Task SendAsync(CaseId id, string step, PersonDraft letter, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(id, cancellation);
        await SendAsync(contact, id, step, letter, cancellation);
    }

    /// <summary>
    /// Forgets what the company was told of no case before that instant, by the real clock; what is noted of a case goes with it.
    /// </summary>
    public async Task ForgetOthersAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var log = await storage.TableAsync(Table);
        var old = log.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"SentAt lt {before}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        await foreach (var row in old)
            if (!CaseId.TryParse(row.PartitionKey, out _))
                await log.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
    }

    private async Task<bool> TryOnceToAsync(EmailAddress to, CaseId id, string step, Draft letter, CancellationToken cancellation)
    {
        try
        {
            await OnceAsync(
                id.Value, step, Task.FromResult(to), _ => mailer.SendAsync(to, Notice(letter), MessageId(id.Value, step), cancellation), cancellation);
            return true;
        }
        catch (MailNotAcceptedException refusal) when (refusal.IsForGood)
        {
            return false;
        }
    }

    // Who it goes to is read beside the log.
    private async Task OnceAsync<TTo>(
        string about, string step, Task<TTo> reading, Func<TTo, Task> send, CancellationToken cancellation)
    {
        var log = await storage.TableAsync(Table);
        var asking = log.GetEntityIfExistsAsync<TableEntity>(about, step, select: ["RowKey"], cancellationToken: cancellation);
        await Task.WhenAll(asking, reading);
        if ((await asking).HasValue) return;

        await send(await reading);
        await log.UpsertEntityAsync(
            new TableEntity(about, step) { ["SentAt"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);
    }

    private Task SendAsync(Contact to, CaseId id, string step, PersonDraft letter, CancellationToken cancellation) =>
        mailer.SendAsync(to.Address, Notice(letter, to.Country), MessageId(id.Value, step), cancellation);

    // What a case says is told whatever a person has unsubscribed from.
    private Mailing.Essential Notice(Draft letter, string? country = null) => new(EssentialKind.Privacy, letters.Write(letter, country));

    private string MessageId(string about, string step) => $"{about}.{step}@{site.Value.BaseUrl.Host}";
}
