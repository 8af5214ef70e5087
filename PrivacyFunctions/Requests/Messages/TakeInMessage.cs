using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Takes in what a person wrote about their request: the words first, so that whoever sees that there are some finds them.</summary>
internal sealed class TakeInMessage(
    CaseStore cases, CaseMessages messages, RequestKinds kinds, Contacts contacts, MailboxOwners owners, People people, AttentionMails mails, LegalTime time,
    ILogger<TakeInMessage> log)
{
    /// <summary>Keeps a message and tells the Data Protection Officer of it, once until somebody has read it.</summary>
    /// <param name="open">The case as it was read.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="words">What the person wrote.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    /// <returns>The case if it takes no message now; null if it has it.</returns>
    public async Task<SubjectRequest?> RunAsync(SubjectRequest open, string submission, string words, CancellationToken cancellation)
    {
        var name = MessageWords.NameOf(people, open.Id, submission, Actors.Subject, words);
        if (await IsNotedAsync(open.Id, name, cancellation)) return null;
        if (MessageDecisions.WhyNotFromPerson(open) is not null) return open;

        var now = await time.NowAsync(cancellation);
        await messages.KeepAsync(open.Id, name, isFromPerson: true, words, now, CancellationToken.None);
        var (isTaken, isFirst) = (false, false);
        var written = await cases.ExecuteAsync<SubjectRequest>(
            open.Id, $"message-{name}", Actors.Subject,
            state =>
            {
                var decision = MessageDecisions.Receive(state, name, new(time.DateOf(now), time.ClockStartsOn(state), time.Calendars));
                isTaken = decision is Decision.Change;
                isFirst = decision is Decision.Change { Facts: var facts } && facts.OfType<CaseFact.AttentionNeeded>().Any();
                return decision;
            },
            [], CancellationToken.None);
        if (!isTaken && !await IsNotedAsync(open.Id, name, CancellationToken.None))
        {
            await messages.ForgetAsync(open.Id, name, isFromPerson: true, CancellationToken.None);
            return written;
        }

        await TryAsync(open.Id, "It is not noted who wrote about", () => NoteWhoAsync(open, cancellation), cancellation);
        foreach (var mark in written.Attention?.All.Where(mark => isFirst && mark.Step == AttentionMarks.Message) ?? [])
            await TryAsync(open.Id, "The officer is told later of", () => mails.TellOnceAsync(open.Id, mark, cancellation), cancellation);
        return null;
    }

    private async Task<bool> IsNotedAsync(CaseId id, string name, CancellationToken cancellation) => (await cases.AuditAsync(id, cancellation))
        .Any(row => row.Shown is AuditEntry { Fact: CaseFact.MessageReceived noted } && noted.Name == name);

    // What they wrote is told in a later copy of their data, but to nobody who has come to have the mailbox since.
    private async Task NoteWhoAsync(SubjectRequest open, CancellationToken cancellation)
    {
        if (!kinds.All.Any(kind => kind.Kind == open.Kind && kind.AsksForProof)) return;
        if (await contacts.FindAsync(open.Id, cancellation) is { } contact) await owners.NoteAsync(contact.Address, open.Id, cancellation);
    }

    // The message is there all the same. Of what was not told the nightly watch tells; what is not noted is told to nobody.
    private async Task TryAsync(CaseId id, string otherwise, Func<Task> act, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("{Otherwise} case {Case}: {Kind}", otherwise, id, failure.GetType().Name);
        }
    }
}
